#include "sync/web/control.h"

#include <curl/curl.h>

#include <mutex>

#include "sync/core/bytes.h"
#include "sync/core/printable.h"
#include "sync/net/http_server.h"

namespace zimnik::web {
namespace {

constexpr std::size_t kArguments = 256;
constexpr std::size_t kRequestBytes = 1 << 20;
constexpr std::size_t kReplyBytes = 64 << 20;

std::string encode(const ControlCall& call) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.varint(call.arguments.size());
  for (const auto& argument : call.arguments) writer.sized(argument);
  writer.sized(call.input);
  return bytes;
}

ControlCall decode_call(std::string_view bytes) {
  sync::Reader reader(bytes, "command");
  ControlCall call;
  const auto count = reader.varint("number of arguments", kArguments);
  for (std::uint64_t i = 0; i < count; ++i) {
    call.arguments.emplace_back(reader.sized(kRequestBytes, "argument"));
  }
  call.input = reader.sized(kRequestBytes, "input");
  reader.expect_end("end");
  return call;
}

std::string encode(const ControlReply& reply) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.byte(static_cast<std::uint8_t>(reply.exit_code));
  writer.sized(reply.output);
  writer.sized(reply.errors);
  return bytes;
}

ControlReply decode_reply(std::string_view bytes) {
  sync::Reader reader(bytes, "reply to a command");
  ControlReply reply;
  reply.exit_code = reader.byte("exit code");
  reply.output = reader.sized(kReplyBytes, "output");
  reply.errors = reader.sized(kReplyBytes, "errors");
  reader.expect_end("end");
  return reply;
}

std::size_t collect(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (size * count > kReplyBytes - body.size()) return 0;
  body.append(bytes, size * count);
  return size * count;
}

struct CurlDeleter {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

int print(const ControlReply& reply, std::ostream& out, std::ostream& errors) {
  out << sync::harmless(reply.output) << std::flush;
  errors << sync::harmless(reply.errors);
  if (!reply.errors.empty() && reply.errors.back() != '\n') errors << '\n';
  errors << std::flush;
  return reply.exit_code;
}

ControlReply run_guarded(const ControlRun& run, const ControlCall& call) {
  try {
    return run(call);
  } catch (const std::exception& error) {
    return {1, "", std::string(error.what()) + "\n"};
  }
}

ControlServer::ControlServer(const std::string& path, ControlRun run) : run_(std::move(run)) {
  net::HttpOptions options;
  options.listen = "unix:" + path;
  options.threads = 4;
  options.body_bytes = options.anonymous_body_bytes = kRequestBytes;
  server_ = std::make_unique<net::HttpServer>(options);
  server_->route("POST", "/run", [this](const net::Request& request) {
    return net::Response::bytes(encode(run_guarded(run_, decode_call(request.body))));
  });
  server_->start();
}

ControlServer::~ControlServer() = default;

std::optional<ControlReply> ask_control(const std::string& path, const ControlCall& call) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, CurlDeleter> curl(curl_easy_init());
  // No Expect: a large call is refused for its size, not for asking first.
  const std::unique_ptr<curl_slist, ListDeleter> headers(curl_slist_append(
      curl_slist_append(nullptr, "Content-Type: application/octet-stream"), "Expect:"));
  const auto body = encode(call);
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, "http://localhost/run");
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, path.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  const auto code = curl_easy_perform(curl.get());
  if (code == CURLE_COULDNT_CONNECT) return {};
  if (code != CURLE_OK) {
    throw std::runtime_error(path + ": " + curl_easy_strerror(code));
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) throw std::runtime_error(path + ": " + answer);
  return decode_reply(answer);
}

}  // namespace zimnik::web
