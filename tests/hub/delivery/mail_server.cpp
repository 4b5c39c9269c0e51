#include "tests/hub/delivery/mail_server.h"

#include <openssl/evp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace zimnik::hub::test {
namespace {

std::string from_base64(std::string letters) {
  std::erase_if(letters, [](char c) { return c == '\r' || c == '\n'; });
  std::string bytes;
  // A line of base64 ends where it is padded; each four letters stand for themselves.
  for (std::size_t at = 0; at + 4 <= letters.size(); at += 4) {
    unsigned char three[4] = {};
    const auto* four = reinterpret_cast<const unsigned char*>(letters.data() + at);
    if (EVP_DecodeBlock(three, four, 4) != 3) throw std::runtime_error("not base64");
    const auto padding = std::count(letters.begin() + static_cast<std::ptrdiff_t>(at),
                                    letters.begin() + static_cast<std::ptrdiff_t>(at + 4), '=');
    bytes.append(reinterpret_cast<const char*>(three), static_cast<std::size_t>(3 - padding));
  }
  return bytes;
}

/// A header's value, unfolded; empty where there is none.
std::string header(const std::string& head, const std::string& name) {
  auto at = ("\r\n" + head).find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  at += name.size() + 2;
  std::string value;
  for (auto end = head.find("\r\n", at);; end = head.find("\r\n", at)) {
    value += head.substr(at, end - at);
    if (end == std::string::npos || end + 2 >= head.size() || head[end + 2] != ' ') break;
    at = end + 2;
  }
  return value;
}

/// Encoded words as they read (RFC 2047).
std::string decoded(const std::string& value) {
  constexpr std::string_view kBegin = "=?UTF-8?B?", kEnd = "?=";
  std::string text;
  std::size_t at = 0;
  for (auto word = value.find(kBegin); word != value.npos; word = value.find(kBegin, at)) {
    const auto between = value.substr(at, word - at);
    if (between.find_first_not_of(' ') != between.npos) text += between;
    const auto from = word + kBegin.size();
    const auto end = value.find(kEnd, from);
    text += from_base64(value.substr(from, end - from));
    at = end + kEnd.size();
  }
  return text + value.substr(at);
}

std::string part(const std::string& bytes, const std::string& type) {
  const auto at = bytes.find("Content-Type: " + type);
  if (at == bytes.npos) return "";
  const auto from = bytes.find("\r\n\r\n", at) + 4;
  return from_base64(bytes.substr(from, bytes.find("--=_", from) - from));
}

}  // namespace

Letter read_letter(const std::string& bytes) {
  Letter letter;
  letter.head = bytes.substr(0, bytes.find("\r\n\r\n") + 2);
  letter.to = header(letter.head, "X-Recipient");
  letter.subject = decoded(header(letter.head, "Subject"));
  letter.message_id = header(letter.head, "Message-ID");
  letter.text = part(bytes, "text/plain");
  letter.html = part(bytes, "text/html");
  return letter;
}

void ScriptServer::start() {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("pipe");
  const auto folder = folder_.file("letters" + std::to_string(starts_++));
  std::filesystem::create_directory(folder);
  const auto port = std::to_string(port_);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(ends[1], 1);
    ::close(ends[0]);
    const auto script = std::string(ZIMNIK_SOURCE_DIR) + "/tests/hub/delivery/" + script_;
    ::execl("/usr/bin/python3", "python3", "-B", script.c_str(), folder.c_str(), port.c_str(),
            nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  FILE* output = ::fdopen(ends[0], "r");
  const int found = std::fscanf(output, "port %d", &port_);
  std::fclose(output);
  if (found != 1) throw std::runtime_error(script_ + " didn't start");
}

void ScriptServer::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void ScriptServer::behave(const std::string& json) {
  std::ofstream(folder_.file("letters" + std::to_string(starts_ - 1) + "/behaviour")) << json;
}

std::vector<std::string> ScriptServer::written(const std::string& ending) const {
  std::vector<std::string> all;
  for (int start = 0; start < starts_; ++start) {
    for (int number = 1;; ++number) {
      std::ifstream file(
          folder_.file("letters" + std::to_string(start) + "/" + std::to_string(number) + ending),
          std::ios::binary);
      if (!file) break;
      all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  return all;
}

std::vector<Letter> MailServer::letters() const {
  std::vector<Letter> letters;
  for (const auto& bytes : written(".eml")) letters.push_back(read_letter(bytes));
  return letters;
}

}  // namespace zimnik::hub::test
