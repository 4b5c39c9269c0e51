// Replicas of one made-up school, with keys made from their names: the same in every run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/core/message.h"
#include "sync/store/replica.h"

namespace zimnik::sync::test {

/// mark(lesson, pupil): made (identifying), grade, note. setting(name): content of any type.
/// final(pupil): final, by authority. minutes(id): text, in the school's stream. person(id):
/// contact, personal.
Schema journal();
/// The same, a version behind: mark has no note.
Schema older_journal();

SivKey some_key(const std::string& name);
/// The key of the site of that name, and its record as the authority signs it.
SigningKey site_key(const std::string& name);
SiteRecord site_record(const std::string& name, SiteKind kind = SiteKind::node);
/// With the school's key.
Keyring school_keyring();

/// What is "now" to every clock at the start.
inline constexpr Time kMorning{1'760'000'000'000};

struct Who {
  std::string author = "teacher";
  std::uint16_t rank = 50;
};

/// An open page of the journal.
struct Page {
  std::uint64_t id = 0;
  std::uint32_t counter = 0;
  Seen seen;
};

struct Setup {
  std::string path = ":memory:";
  Keyring keys = school_keyring();
  Schema schema = journal();
  MigrationTold tell = {};
  SiteKind kind = SiteKind::node;
  std::string signs_as;      ///< signs with this one's key; empty for its own
  std::string certified_by;  ///< empty for the region's authority
  bool is_certified = true;  ///< else its record has no signature
};

/// A site and its replica.
class Node {
 public:
  explicit Node(const std::string& name, Setup setup = {});

  Replica& operator*() { return *replica_; }
  Replica* operator->() { return replica_.get(); }
  const std::string& name() const { return name_; }
  SiteId id() const { return record_.keys.id(); }
  const SiteRecord& record() const { return record_; }
  LogId log(Stream stream = Stream::shared) const { return {id(), stream}; }

  void close() { replica_.reset(); }
  void open();
  /// Opens with something else: another path, another schema.
  void reopen(Setup setup);
  /// The file goes on as the site of another name.
  void become(const std::string& name, bool is_certified = true);
  /// The open replica goes on as an uncertified site of another name. Gives what it was.
  Identity go_on_as(const std::string& name);

  Page page();
  /// The page's next save. Each is a second later than the one before.
  Saved save(Page& page, const std::string& sql, const Who& who = {});
  Saved save(Page& page, const std::function<void(Command&)>& command, const Who& who = {});
  /// Reads a page and saves at once.
  Saved save(const std::string& sql, const Who& who = {});
  Saved save(const std::function<void(Command&)>& command, const Who& who = {});
  void act(decltype(Act::what) what, std::uint16_t rank = rank::kPrincipal);
  void vouch(const Node& successor);
  Entry entry(const Page& page, const Who& who);

  /// Rows as text: columns parted by a comma, rows by a line's end. Null is "-".
  std::string read(const std::string& sql);
  /// All that people see: every table without its `…_version` columns, and what is listed.
  std::string everything();
  std::size_t leaves();

  Time now = kMorning;

 private:
  std::string name_;
  Setup setup_;
  SiteRecord record_;
  std::uint64_t pages_ = 0;
  std::unique_ptr<Replica> replica_;
};

inline constexpr std::size_t kWide = 1 << 20;  ///< a budget that everything here fits

/// One message. Gives what came of it.
Received send(Node& from, Node& to, std::size_t budget = kWide);
/// Both ways, a few times: all that goes where they can't come to hold the same set.
void exchange_what_goes(Node& one, Node& other, std::size_t budget = kWide);
/// Both ways, until both hold the same set. Gives the sizes of all messages.
std::vector<std::size_t> exchange(Node& one, Node& other, std::size_t budget = kWide);
std::size_t leaves_in(const std::string& message);

Key key_of(std::vector<Value> values);
/// Whether some row of the table is listed for this reason.
bool is_listed(Node& node, Listed::Reason reason);
std::vector<Status> statuses(Node& node, const std::string& table, const Key& key,
                             const std::string& group);
/// The newest act's name.
Hash last_act(Node& node);

/// A replica in the file of this path.
Setup at(const std::string& path);

/// Makes the mark that mark_key() names, a 5.
inline constexpr const char* kCreateMark =
    "INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 5)";
Key mark_key();

/// Two nodes that both hold that mark.
struct TwoNodes {
  Node a{"a"}, b{"b"};
  TwoNodes() {
    a.save(kCreateMark);
    exchange(a, b);
  }
};

/// A directory that goes with this object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// One of them is a copy of the other's file, made after `count` writes that reached c.
struct TwinNodes {
  TemporaryDirectory directory;
  Node one{"a", at(directory.file("one.db"))};
  Node c{"c"};

  explicit TwinNodes(int count);
  /// The copy: the same site.
  std::unique_ptr<Node> twin();
};

}  // namespace zimnik::sync::test
