// A school's node with a made-up school in it, at work on a free port of this machine, and a
// teacher's browser without its eyes.
#pragma once

#include <httplib.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "node/school_node.h"
#include "node/web/site.h"
#include "schema/sample/sample_school.h"
#include "sync/net/http_server.h"

namespace zimnik::node::test {

inline constexpr const char* kPassword = "zimnik-sample";
/// Wednesday, 1 October 2025, 10:00 in Yugra.
inline constexpr sync::Time kNow{1'759'294'800'000};

/// A folder of an enrolled node; the hub that enrolled it is made up.
class EnrolledFolder {
 public:
  EnrolledFolder();
  ~EnrolledFolder();
  EnrolledFolder(const EnrolledFolder&) = delete;
  EnrolledFolder& operator=(const EnrolledFolder&) = delete;
  const DataFolder& folder() const { return folder_; }

 private:
  DataFolder folder_;
};

class Desk {
 public:
  Desk();

  SchoolNode& node() { return *node_; }
  const journal::sample::SampleSchool& school() const { return school_; }
  /// A teacher with a course of which a lesson is in the journal on some day before now.
  struct Teacher {
    std::string login;
    std::int64_t person = 0, course = 0;
  };
  Teacher teacher();
  std::string login_of(journal::Role role) const;
  /// A new account whose person has this role and no other; gives its login.
  std::string add_account(journal::Role role);
  /// An account of one who is there already; gives its login.
  std::string add_account_of(std::int64_t person);

  Site& site() { return *site_; }
  int port() const { return server_->port(); }
  sync::Time now = kNow;

 private:
  EnrolledFolder enrolled_;
  journal::sample::SampleSchool school_;
  std::unique_ptr<SchoolNode> node_;
  std::unique_ptr<Site> site_;
  std::unique_ptr<net::HttpServer> server_;
};

/// What a browser keeps: the cookie. Requests are of the page's own origin unless said otherwise.
class Browser {
 public:
  /// `from`: the address of this machine that it calls from.
  explicit Browser(int port, const std::string& from = "127.0.0.1");

  /// Where the door sent it.
  std::string sign_in(const std::string& login, const std::string& password);
  httplib::Result get(const std::string& path);
  httplib::Result post(const std::string& path, const httplib::Params& form);
  httplib::Result post_json(const std::string& path, const nlohmann::json& body);
  /// As a form with a file in it (multipart/form-data); the file's field is `file`.
  httplib::Result post_file(const std::string& path, const std::string& bytes,
                            const std::map<std::string, std::string>& fields = {});
  nlohmann::json grid(std::int64_t course);

  std::string cookie, origin;

 private:
  httplib::Headers headers() const;
  httplib::Client client_;
};

}  // namespace zimnik::node::test
