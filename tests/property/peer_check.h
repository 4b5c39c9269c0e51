// A replica against the naive fold of the leaves that it holds.
#pragma once

#include <set>
#include <string>

#include "tests/property/peer.h"

namespace zimnik::property {

/// The shown rows, as lines of text: what plain SQL reads, and what the fold says.
std::set<std::string> table_lines(const Peer& peer);
std::set<std::string> table_lines(const model::World& world, const model::Fold& fold);

/// Tables and lists. Fails the property where they aren't those of the fold.
void check_state(const Peer& peer);
/// Every version of every cell, with what became of it. Fails the property likewise.
void check_history(const Peer& peer);
/// What is listed after each act that is held, and whether that is in force. Fails the property
/// likewise. Gives how many were listed.
struct Reviewed {
  std::size_t unseen = 0;
  std::size_t over_void = 0;
};
Reviewed check_reviews(const Peer& peer);
/// That verify() has nothing to say.
void check_verified(const Peer& peer);

}  // namespace zimnik::property
