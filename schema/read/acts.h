// Acts as people read them: what each says, whether it is in force, and what to look at after it.
// Lines without an end; the same at every replica that holds the same set and keys.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/core/phrase.h"
#include "sync/store/replica.h"

namespace zimnik::journal {

/// How a moment is shown to those who read.
using MomentText = std::function<std::string(sync::Time)>;

/// What it does: «отменены записи anna с 24.11.2026 14:05».
sync::Phrase text_of(const sync::ListedAct& act, const MomentText& moment);
/// A line for each act that is held, by arrival: name, standing, time, author, what, why.
std::vector<std::string> act_lines(sync::Replica& replica, const MomentText& moment);
/// One act, what was written directly over what it voids, and what of its account is dated before
/// its moment and was unknown to its author. REQUIRES: it is held.
std::vector<std::string> review_lines(sync::Replica& replica, const sync::Hash& act,
                                      const MomentText& moment);

/// What an account wrote that an act takes away, cell by cell.
struct VoidedEntry {
  sync::Time time;
  std::string device;
  std::string what, where, text;  ///< «Отметка»; «7А, Алгебра, 01.10.2025 …»; «5 · 1»
};
/// In order of time; of what this version's tables know.
std::vector<VoidedEntry> voided_entries(sync::Replica& replica, const sync::VoidAccount& what);

}  // namespace zimnik::journal
