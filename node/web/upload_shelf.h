// Files that were looked at and wait to be confirmed: in memory only, for an hour, a few of each
// login. Any thread.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "schema/import/kinds.h"
#include "sync/core/transaction.h"

namespace zimnik::node {

struct KeptUpload {
  const journal::ImportKind* kind = nullptr;
  journal::ImportOptions options;
  std::string bytes;
};

class UploadShelf {
 public:
  static constexpr std::size_t kOfLogin = 4, kOfAll = 32;
  static constexpr std::int64_t kAgeMs = 60 * 60 * 1000;

  /// Gives the token by which this login, and no other, finds it. The oldest makes room.
  std::string keep(const std::string& login, KeptUpload upload, sync::Time now);
  std::optional<KeptUpload> find(const std::string& token, const std::string& login,
                                 sync::Time now);
  void drop(const std::string& token);

 private:
  struct Place {
    std::string token, login;
    sync::Time since;
    KeptUpload upload;
  };
  std::mutex mutex_;
  std::deque<Place> places_;  ///< the oldest first
};

}  // namespace zimnik::node
