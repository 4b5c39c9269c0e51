// A hub with a school of two sites, its backup, and another hub that is made of that.
#pragma once

#include <memory>
#include <sstream>
#include <string>

#include "hub/backup.h"
#include "hub/restore.h"
#include "tests/hub/region.h"

namespace zimnik::hub::test {

inline const std::string kPassphrase = "correct horse battery";

/// A hub with a school of two sites, which is backed up, and goes on for a while.
struct RestoredRegion {
  net::test::Folder folder;
  std::string copy = folder.file("copy"), authority = folder.file("authority");
  std::unique_ptr<RunningHub> hub = std::make_unique<RunningHub>();
  std::string school = run({"school", "add", "Первая"});
  SchoolSite first = enrolled("Здание"), second = enrolled("Филиал");

  std::string run(std::vector<std::string> arguments) { return hub->run(std::move(arguments)); }
  SchoolSite enrolled(const std::string& name) {
    return {hub->sync_url(), run({"token", school, "--name", name}), name};
  }
  void back_up() {
    run({"backup", copy});
    std::ostringstream out;
    back_up_authority(hub->data(), authority, kPassphrase, out);
  }
  /// The hub and its folder are gone; another takes its place.
  void restore(const std::string& revocations = "") {
    hub.reset();
    hub = std::make_unique<RunningHub>([&](const DataFolder& data) {
      std::ostringstream out;
      hub::restore(data, {copy, authority, revocations}, kPassphrase, system_time(), out);
    });
    first.follow(hub->sync_url());
    second.follow(hub->sync_url());
  }
  std::size_t subjects_at_hub() {
    return (*hub)->schools().front()->read([](sync::Database& database) {
      auto query = database.prepare("SELECT count(*) FROM subject");
      query.step();
      return static_cast<std::size_t>(query.integer(0));
    });
  }
  std::string status() { return run({"status"}); }
};

}  // namespace zimnik::hub::test
