// The examples of sync/MERGE.md, read out of it and run: every block is folded in every order of
// its versions and acts. The notation stands in that file, "Examples".
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "sync/core/act.h"
#include "sync/core/row.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

using Words = std::vector<std::string>;

/// What a block says of one version.
struct ExampleVersion {
  std::string name, cell = "main", author = "-";
  Value person;
  Version version;
};

struct Example {
  std::string title;
  Policy policy = latest();
  Words cells;  ///< group n is the n-th of them
  std::string identifying;
  std::set<std::string> unknown;
  std::map<SiteId, KnownSite> sites;
  std::vector<ExampleVersion> versions;
  std::vector<PlacedAct> acts;
  std::map<std::string, std::string> acts_by_hash;            ///< hexadecimal, and the name
  std::vector<std::pair<std::string, std::string>> expected;  ///< what is asked, and the answer
};

[[noreturn]] void fail(const Example& example, const std::string& line) {
  throw std::runtime_error("MERGE.md, \"" + example.title + "\": can't read \"" + line + "\"");
}

Words split(const std::string& text, char separator) {
  Words words;
  std::istringstream stream(text);
  for (std::string word; std::getline(stream, word, separator);) {
    word.erase(0, word.find_first_not_of(' '));
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

/// Whether the text begins so. It is cut to what follows.
bool take(std::string& text, const std::string& beginning) {
  if (text.rfind(beginning, 0) != 0) return false;
  text.erase(0, beginning.size());
  return true;
}

std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

Value value_of(const std::string& word) {
  if (word == "null") return Null{};
  const auto digits = word.find_first_not_of("-0123456789") == std::string::npos;
  return digits ? Value(std::int64_t{std::stoll(word)}) : Value(Text{word});
}

std::string text_of(const Value& value) {
  if (is_null(value)) return "null";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return std::get<Text>(value).text;
}

Hash hash_named(const std::string& name) {
  Hash hash;
  std::copy(name.begin(), name.end(), hash.bytes.begin());
  return hash;
}

SiteId site_named(const std::string& name) {
  return SiteId::from(hash_named(name).view().substr(0, SiteId::kSize));
}

Policy policy_named(const std::string& name) {
  const auto holds = [](const char* word) {
    return [word](std::span<const Value> values) {
      return std::find(values.begin(), values.end(), Value(Text{word})) != values.end();
    };
  };
  if (name == "latest") return latest();
  if (name == "authority") return authority(holds("order"));
  if (name == "revocation_wins") return revocation_wins(holds("no"));
  if (name == "value_beats_clear") return value_beats_clear();
  throw std::runtime_error("no policy " + name);
}

/// "a = node", "a = node, vouched by b c"
void read_site(Example& example, const std::string& text) {
  static const std::map<std::string, SiteKind> kKinds{
      {"laptop", SiteKind::laptop}, {"node", SiteKind::node}, {"hub", SiteKind::hub}};
  const auto equals = text.find(" = ");
  if (equals == std::string::npos) fail(example, text);
  auto fields = split(text.substr(equals + 3), ',');
  KnownSite site{kKinds.at(fields.at(0)), fields.size() == 1};
  if (fields.size() > 1) {
    if (!take(fields[1], "vouched by ")) fail(example, text);
    for (const auto& by : split(fields[1], ' ')) {
      site.vouched_by.push_back(site_named(by));
      example.sites.try_emplace(site_named(by), KnownSite{SiteKind::node, true});
    }
  }
  example.sites[site_named(text.substr(0, equals))] = site;
}

decltype(Act::what) what_of(const Example& example, std::string text) {
  if (take(text, "revoke ")) return Revoke{hash_named(text)};
  if (take(text, "forget ")) return Forget{value_of(text)};
  const bool of_account = take(text, "void account ");
  const auto words = of_account || take(text, "void site ") ? split(text, ' ') : Words{};
  if (words.size() < 3 || words[1] != "from") fail(example, text);
  const auto from = std::stoll(words[2]);
  if (!of_account) {
    const auto seq = static_cast<std::uint64_t>(from);
    return VoidSite{site_named(words[0]), seq, seq};
  }
  VoidAccount account{words[0], {from}, std::nullopt};
  if (words.size() == 5) account.until = Time{std::stoll(words[4])};
  return account;
}

/// "x1 = site h, rank operator, void account anna from 10"
void read_act(Example& example, const std::string& text) {
  static const std::map<std::string, std::uint16_t> kRanks{
      {"operator", rank::kOperator},
      {"principal", rank::kPrincipal},
      {"deputy", rank::kDeputyHead},
      {"specialist", rank::kTechnicalSpecialist}};
  const auto equals = text.find(" = ");
  if (equals == std::string::npos) fail(example, text);
  const auto name = text.substr(0, equals);
  PlacedAct act;
  act.hash = hash_named(name);
  act.seq = 1;
  for (auto field : split(text.substr(equals + 3), ',')) {
    if (take(field, "site ")) {
      act.site = site_named(field);
      example.sites.try_emplace(act.site, KnownSite{SiteKind::node, true});
    } else if (take(field, "seq ")) {
      act.seq = std::stoull(field);
    } else if (take(field, "rank ")) {
      act.rank = kRanks.at(field);
    } else {
      act.act.what = what_of(example, field);
    }
  }
  example.acts_by_hash[act.hash.hex()] = name;
  example.acts.push_back(act);
}

std::uint64_t at_of(const Example& example, const std::string& name) {
  for (const auto& it : example.versions) {
    if (it.name == name) return it.version.at;
  }
  fail(example, name);
}

void read_field(Example& example, ExampleVersion& it, std::string field) {
  auto& version = it.version;
  if (field == "tombstone") {
    version.is_tombstone = true;
  } else if (take(field, "value ")) {
    for (const auto& word : split(field, ' ')) version.values.push_back(value_of(word));
  } else if (take(field, "over ")) {
    for (const auto& name : split(field, ' ')) {
      if (name != "-") version.over.push_back(at_of(example, name));
    }
  } else if (take(field, "site ")) {
    version.stamp.site = site_named(field);
    example.sites.try_emplace(version.stamp.site, KnownSite{SiteKind::node, true});
  } else if (take(field, "time ")) {
    version.stamp.time.ms = std::stoll(field);
  } else if (take(field, "seq ")) {
    version.stamp.seq = std::stoull(field);
  } else if (take(field, "rank ")) {
    version.rank = static_cast<std::uint16_t>(std::stoul(field));
  } else if (take(field, "by ")) {
    it.author = field;
  } else if (take(field, "person ")) {
    it.person = value_of(field);
  } else if (take(field, "cell ")) {
    it.cell = field;
  } else {
    fail(example, field);
  }
}

/// "v2 = site b, time 11, over v1, value 4"
void read_version(Example& example, const std::string& line, std::size_t equals) {
  ExampleVersion it;
  it.name = line.substr(0, equals);
  it.version.at = it.version.stamp.seq = example.versions.size() + 1;
  it.version.stamp.leaf = hash_of(it.version.at);
  for (const auto& field : split(line.substr(equals + 3), ',')) read_field(example, it, field);
  auto& cells = example.cells;
  if (std::find(cells.begin(), cells.end(), it.cell) == cells.end()) cells.push_back(it.cell);
  example.versions.push_back(it);
}

void read_line(Example& example, std::string line) {
  const auto whole = line;
  if (take(line, "site ")) return read_site(example, line);
  if (take(line, "act ")) return read_act(example, line);
  if (take(line, "void v")) {
    example.versions.at(at_of(example, "v" + line) - 1).version.is_void = true;
    return;
  }
  const auto equals = line.find(" = ");
  if (equals != std::string::npos) return read_version(example, line, equals);
  const auto colon = line.find(": ");
  if (colon == std::string::npos) fail(example, whole);
  const auto what = line.substr(0, colon), answer = line.substr(colon + 2);
  if (what == "policy") {
    example.policy = policy_named(answer);
  } else if (what == "identifying") {
    example.identifying = answer;
  } else if (what == "unknown") {
    example.unknown.insert(answer);
  } else {
    example.expected.emplace_back(what, answer);
  }
}

std::vector<Example> examples() {
  std::ifstream file(ZIMNIK_MERGE_MD);
  REQUIRE(file.is_open());
  std::vector<Example> result;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```") {
      inside = false;
    } else if (inside) {
      read_line(result.back(), line);
    } else if (take(line, "```example ")) {
      result.emplace_back().title = line;
      inside = true;
    }
  }
  return result;
}

/// All that can be asked of an example, answered by the engine.
std::map<std::string, std::string> answers(const Example& example) {
  const Verdict verdict(example.acts, example.sites);
  Table table;
  std::map<std::uint32_t, Cell> cells;
  std::map<std::uint64_t, std::string> names;
  for (std::size_t i = 0; i < example.cells.size(); ++i) {
    const auto group = static_cast<std::uint32_t>(i + 1);
    cells[group].known = !example.unknown.contains(example.cells[i]);
    if (example.cells[i] == example.identifying) table.identifying = group;
  }
  for (const auto& it : example.versions) {
    names[it.version.at] = it.name;
    const auto cell = std::find(example.cells.begin(), example.cells.end(), it.cell);
    auto version = it.version;
    const auto& stamp = version.stamp;
    version.is_void |=
        verdict.voids_edit({stamp.site, Stream::shared}, stamp.seq, it.author, stamp.time);
    version.is_erased = !is_null(it.person) && verdict.forgets(it.person);
    cells[static_cast<std::uint32_t>(cell - example.cells.begin() + 1)].versions.push_back(version);
  }

  static constexpr const char* kStates[] = {"absent", "dead", "orphaned", "live"};
  std::map<std::string, std::string> result;
  const auto row = fold_row(table, cells);
  result["row"] = kStates[static_cast<std::size_t>(row.state)];
  result["deleted but edited"] = row.deleted_but_edited ? "yes" : "no";
  Words heads, void_tops, shown_names, reads, in_force;
  bool conflict = false;
  for (const auto& [group, cell] : cells) {
    const auto& fold = row.cells.at(group);
    Words cell_heads, cell_tops;
    for (auto index : fold.heads) cell_heads.push_back(names[cell.versions[index].at]);
    for (auto index : fold.void_tops) cell_tops.push_back(names[cell.versions[index].at]);
    std::sort(cell_heads.begin(), cell_heads.end());
    std::sort(cell_tops.begin(), cell_tops.end());
    heads.insert(heads.end(), cell_heads.begin(), cell_heads.end());
    void_tops.insert(void_tops.end(), cell_tops.begin(), cell_tops.end());
    const bool shows = row.state == RowFold::State::live && cell.known;
    conflict |= shows && is_conflict(cell.versions, fold);
    const auto statuses = classify(row, group, cell, cell.known ? &example.policy : nullptr);
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      const auto& version = cell.versions[i];
      result["status " + names[version.at]] = name_of(statuses[i]);
      if (statuses[i] != Status::shown) continue;
      shown_names.push_back(names[version.at]);
      std::string text;
      for (const auto& value : version.values) text += (text.empty() ? "" : " ") + text_of(value);
      reads.push_back(text);
    }
  }
  for (const auto& [hash, name] : example.acts_by_hash) {
    if (verdict.in_force(hash_named(name))) in_force.push_back(name);
  }
  result["heads"] = joined(heads);
  result["void tops"] = joined(void_tops);
  result["shown"] = joined(shown_names);
  result["reads"] = joined(reads);
  result["conflict"] = conflict ? "yes" : "no";
  result["in force"] = joined(in_force);
  return result;
}

/// The answers in one order of the versions and acts; all orders must agree.
std::map<std::string, std::string> answers_in_every_order(Example example) {
  const auto first = answers(example);
  const auto by_at = [](const ExampleVersion& a, const ExampleVersion& b) {
    return a.version.at < b.version.at;
  };
  const auto by_hash = [](const PlacedAct& a, const PlacedAct& b) { return a.hash < b.hash; };
  std::sort(example.acts.begin(), example.acts.end(), by_hash);
  do {
    REQUIRE(answers(example) == first);
    while (std::next_permutation(example.versions.begin(), example.versions.end(), by_at)) {
      REQUIRE(answers(example) == first);
    }
  } while (std::next_permutation(example.acts.begin(), example.acts.end(), by_hash));
  return first;
}

}  // namespace

TEST_CASE("every example of the merge laws comes out as the text says, in every order") {
  for (const auto& example : examples()) {
    INFO(example.title);
    CHECK_FALSE(example.expected.empty());
    const auto found = answers_in_every_order(example);
    for (const auto& [what, answer] : example.expected) {
      INFO(what);
      REQUIRE(found.contains(what));
      CHECK(found.at(what) == answer);
    }
  }
}

TEST_CASE("every law that the fold keeps has an example") {
  std::set<std::string> laws;
  for (const auto& example : examples())
    laws.insert(example.title.substr(0, example.title.find(':')));
  for (const char* law :
       {"law 1", "law 3", "law 4", "law 5", "law 6", "law 7", "law 8", "law 10"}) {
    INFO(law);
    CHECK(laws.contains(law));
  }
}
