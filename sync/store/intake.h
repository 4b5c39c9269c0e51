// Takes the leaves of a message: puts each in its place, proves every log, and only then appends.
// Nothing of a message that isn't proven as a whole gets into the log. One message, one Intake.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/message.h"
#include "sync/core/session.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"

namespace zimnik::sync {

/// A message whose leaves don't reach down to what is held here, or are of a site that isn't known
/// here. Nothing was taken; the peers have to compare where they stand.
class Hole : public Refused {
 public:
  /// `site`: whose log isn't held so far, where it is that.
  explicit Hole(const std::string& why, std::optional<SiteId> site = {})
      : Refused(why), site_(site) {}

  const std::optional<SiteId>& site() const { return site_; }

 private:
  std::optional<SiteId> site_;
};

class Intake {
 public:
  struct Taken {
    std::vector<Arrival> arrivals;  ///< of the leaves that are new here
    std::size_t waiting = 0;        ///< left out: what they overwrite isn't held
    Cargo cargo;                    ///< how far its leaves move the ground
    std::vector<LogId> forked;      ///< logs that now have one branch more
  };

  Intake(Log& log, const Judge& judge) : log_(log), judge_(judge) {}

  /// Throws Refused where something isn't authentic or over bounds, Hole where leaves are missing
  /// or a site isn't known.
  Taken take(const Message& message);

 private:
  /// A run of leaves that are new here: it extends a line, or parts from one, or from another
  /// branch of the same message.
  struct Branch {
    LogId log;
    LineId line = 0;         ///< that it extends; set for the others when they are appended
    LineId parent_line = 0;  ///< where it parts from a line
    int parent_branch = -1;  ///< or from a branch
    std::uint64_t base = 0;  ///< leaves before its own
    std::vector<std::size_t> leaves;  ///< indexes into pending_
    std::size_t kept = 0;             ///< of them
    MerkleTree tree;
    Blocks blocks;  ///< of it, that its own leaves complete
    const BroughtHead* head = nullptr;
    bool is_new_line = false;
  };
  /// Where a line of the message has got to.
  struct Path {
    bool attached = false;
    LineId line = 0;
    int branch = -1;
    std::uint64_t seq = 0;
    Hash tip;
    Tip from;
  };
  struct Pending {
    int branch;
    std::uint64_t seq;
    Hash hash;
    std::string bytes;
    std::optional<Transaction> transaction;
    bool waits = false;
  };

  BatchTables history(const Message& message);
  Arrival find_end(const MessageLine& line);
  void attach(const MessageLine& line, Path& path);
  void place(const Message& message, BatchLeaf leaf);
  bool step_over_known(const LogId& log, Path& path, const Hash& hash);
  void add_to_branch(const MessageLine& line, Path& path, Pending pending);
  int new_branch(const LogId& log, const Path& path);
  Hash hash_at(const Path& path, std::uint64_t seq);
  Hash hash_on_branch(int branch, std::uint64_t seq);
  std::optional<Hash> block_on_branch(int branch, const Range& range) const;
  PartialTree partial_tree(int branch, const RightNodes& right);
  Over over_at(const Message& message, const Place& place);
  const SiteKeys& keys_of(const SiteId& site) const;
  struct Proven {
    LogHead head;
    RightNodes right;  ///< of head, right of the branch
  };
  Proven prove(const Branch& branch);
  Stream stream_of(const Pending& pending) const {
    return branches_[static_cast<std::size_t>(pending.branch)].log.stream;
  }
  void resolve_names();
  void find_waiting();
  void check_known(const SiteId& site) const;
  bool waits(std::size_t index) const;
  void append(Taken& taken);
  Cargo cargo(const Message& message) const;

  Log& log_;
  const Judge& judge_;
  std::vector<Path> paths_;  ///< by the message's lines
  std::vector<Branch> branches_;
  std::vector<Pending> pending_;
  std::map<Hash, std::size_t> by_hash_;
};

}  // namespace zimnik::sync
