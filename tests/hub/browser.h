// A browser of few words: it keeps cookies, and says where its forms come from.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace zimnik::hub::test {

struct Page {
  int status = 0;
  std::string head;
  std::string body;      ///< decompressed
  std::size_t size = 0;  ///< of the body as it came
  std::string location;  ///< where a redirection leads

  bool has(const std::string& text) const { return body.find(text) != std::string::npos; }
};

class Browser {
 public:
  explicit Browser(int port) : port_(port) {}

  Page get(const std::string& path);
  using Form = std::vector<std::pair<std::string, std::string>>;
  Page post(const std::string& path, const Form& form);
  /// Follows redirections.
  Page visit(const std::string& path);

  std::string language = "ru";
  std::string address;                      ///< as a proxy would name it
  std::string origin = "http://localhost";  ///< of the page with the form
  std::string headers;                      ///< further lines of each request, with their ends
  std::map<std::string, std::string> cookies;

 private:
  Page ask(const std::string& request);
  void keep_cookies(const std::string& head);
  int port_;
};

}  // namespace zimnik::hub::test
