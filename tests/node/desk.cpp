#include "tests/node/desk.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "schema/commands/account.h"
#include "schema/commands/person.h"
#include "schema/ids.h"
#include "schema/read/courses.h"
#include "sync/net/certificate.h"
#include "sync/web/password.h"

namespace zimnik::node::test {

namespace {

const std::string& verifier() {
  static const std::string made = web::password_verifier(kPassword);
  return made;
}

journal::sample::SampleOptions options() {
  journal::sample::SampleOptions options;
  options.pupils = 60;
  options.year = 2025;
  options.until = *journal::Date::from(2025, 9, 30);
  options.verifier = [](const std::string&) { return verifier(); };
  return options;
}

std::string new_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "zimnik-node-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
  return pattern + "/node";
}

}  // namespace

EnrolledFolder::EnrolledFolder() : folder_{new_folder()} {
  make_site(folder_);
  const auto self = net::SiteSecret::load(folder_.site_key());
  const auto hub = net::SiteSecret::make();
  const auto authority = net::CertificateAuthority::make("region", kNow);
  const auto school = sync::SchoolId::from(std::string(16, 's'));
  Configuration configuration{"main", "https://127.0.0.1:1", {}, {}};
  auto& enrolment = configuration.enrolment;
  enrolment.authority_pem = authority.certificate_pem();
  enrolment.certificate_pem =
      authority.issue(net::certificate_request(self), school, self.keys(), kNow);
  enrolment.record = authority.certify(school, self.keys(), sync::SiteKind::node);
  enrolment.records = {authority.certify(school, hub.keys(), sync::SiteKind::hub)};
  enrolment.school_name = "school";
  configuration.save(folder_);
  net::KeyStore(folder_.keys()).make_school_key();
}

EnrolledFolder::~EnrolledFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(std::filesystem::path(folder_.path).parent_path(), ignored);
}

Desk::Desk() : school_(options()), node_(std::make_unique<SchoolNode>(enrolled_.folder())) {
  node_->journal().make_person_keys(school_.people());
  node_->journal().write([&](sync::Replica& replica) { journal::sample::fill(replica, school_); });
  site_ = std::make_unique<Site>(node_->journal(), node_->state(), [this] { return now; });
  net::HttpOptions options;
  options.fault = [this](const net::Request& request) { return site_->fault(request); };
  server_ = std::make_unique<net::HttpServer>(options);
  site_->add_routes(*server_);
  server_->start();
}

Desk::Teacher Desk::teacher() {
  return node_->journal().read([&](sync::Database& database) -> Teacher {
    for (const auto& staff : school_.staff()) {
      for (const auto& course : journal::courses_of(database, staff.person, 2025)) {
        auto query = database.prepare("SELECT 1 FROM lesson WHERE course = ? AND teacher = ?");
        const bool is_taught = query.bind(1, course.id).bind(2, staff.person).step();
        if (is_taught && course.teacher == staff.person) {
          return {staff.login, staff.person, course.id};
        }
      }
    }
    throw std::logic_error("nobody teaches");
  });
}

std::string Desk::login_of(journal::Role role) const {
  for (const auto& staff : school_.staff()) {
    if (staff.role == role) return staff.login;
  }
  throw std::logic_error("nobody has this role");
}

std::string Desk::add_account(journal::Role role) {
  using namespace zimnik::journal;
  const auto login = "only-" + std::string(word_of(role));
  const auto today = day_of(now);
  const auto person = new_id(today.school_year());
  const auto kind = role == Role::pupil      ? PersonKind::pupil
                    : role == Role::guardian ? PersonKind::guardian
                                             : PersonKind::staff;
  node_->journal().make_person_keys({person});
  node_->journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{
        {"test", "principal", rank_of(Role::principal), "test"}, now, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      add_person(command, person, kind, {"Первый", "Встречный", ""});
      grant_role(command, person, role, {}, "1-т", today.plus(-1));
      journal::add_account(command, login, person, verifier());
    });
  });
  return login;
}

std::string Desk::add_account_of(std::int64_t person) {
  const auto login = "person-" + std::to_string(person);
  node_->journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{
        {"test", "principal", journal::rank_of(journal::Role::principal), "test"},
        now,
        {},
        replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      journal::add_account(command, login, person, verifier());
    });
  });
  return login;
}

Browser::Browser(int port, const std::string& from)
    : origin("http://127.0.0.1:" + std::to_string(port)), client_("127.0.0.1", port) {
  client_.set_interface(from);
}

httplib::Headers Browser::headers() const {
  httplib::Headers headers{{"Origin", origin}};
  if (!cookie.empty()) headers.emplace("Cookie", cookie);
  return headers;
}

std::string Browser::sign_in(const std::string& login, const std::string& password) {
  const auto answer = post("/sign-in", {{"login", login}, {"password", password}});
  const auto set = answer->get_header_value("Set-Cookie");
  if (!set.empty()) cookie = set.substr(0, set.find(';'));
  return answer->get_header_value("Location");
}

httplib::Result Browser::get(const std::string& path) { return client_.Get(path, headers()); }

httplib::Result Browser::post(const std::string& path, const httplib::Params& form) {
  return client_.Post(path, headers(), form);
}

httplib::Result Browser::post_json(const std::string& path, const nlohmann::json& body) {
  return client_.Post(path, headers(), body.dump(), "application/json");
}

httplib::Result Browser::post_file(const std::string& path, const std::string& bytes,
                                   const std::map<std::string, std::string>& fields) {
  httplib::MultipartFormDataItems items = {{"file", bytes, "file.csv", "text/csv"}};
  for (const auto& [name, value] : fields) items.push_back({name, value, "", ""});
  return client_.Post(path, headers(), items);
}

nlohmann::json Browser::grid(std::int64_t course) {
  return nlohmann::json::parse(get("/api/course/" + std::to_string(course))->body);
}

}  // namespace zimnik::node::test
