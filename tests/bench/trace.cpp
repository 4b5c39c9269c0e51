#include "tests/bench/trace.h"

#include <fstream>
#include <stdexcept>

namespace zimnik::bench {
namespace {

TraceLine read_line(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  TraceLine line;
  line.t = json.at("t").get<std::int64_t>();
  if (json.contains("sync")) {
    line.sync = {json["sync"].at(0).get<std::string>(), json["sync"].at(1).get<std::string>()};
    return line;
  }
  line.site = json.at("site").get<std::string>();
  line.user = json.at("user").get<std::string>();
  line.table = json.at("table").get<std::string>();
  line.id = json.at("id").get<std::string>();
  line.is_delete = json.value("del", false);
  if (!line.is_delete) line.set = json.at("set").get<std::map<std::string, nlohmann::json>>();
  return line;
}

}  // namespace

std::vector<TraceLine> read_trace(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": can't be read");
  std::vector<TraceLine> lines;
  for (std::string text; std::getline(file, text);) {
    if (text.empty()) continue;
    try {
      lines.push_back(read_line(text));
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ":" + std::to_string(lines.size() + 1) + ": " + error.what());
    }
  }
  return lines;
}

}  // namespace zimnik::bench
