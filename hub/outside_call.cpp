#include "hub/outside_call.h"

#include <curl/curl.h>

#include <memory>

namespace zimnik::hub {
namespace {

constexpr long kConnectSeconds = 5, kSeconds = 15;

struct Taking {
  std::string body;
  std::size_t most;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& taking = *static_cast<Taking*>(target);
  if (taking.body.size() + size * count > taking.most) return 0;
  taking.body.append(bytes, size * count);
  return size * count;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List header_list(const OutsideCall& call) {
  List list;
  for (const auto& [name, value] : call.headers) {
    auto* longer = curl_slist_append(list.get(), (name + ": " + value).c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list.release();
    list.reset(longer);
  }
  return list;
}

struct UrlParts {
  std::string scheme, host;
};

UrlParts parts_of(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle(curl_url(), curl_url_cleanup);
  UrlParts parts;
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    return parts;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(handle.get(), which, &text, 0) != CURLUE_OK) return std::string();
    std::string copy = text;
    curl_free(text);
    return copy;
  };
  return {part(CURLUPART_SCHEME), part(CURLUPART_HOST)};
}

}  // namespace

bool may_call(const std::string& url) {
  const auto [scheme, host] = parts_of(url);
  if (scheme == "https") return !host.empty();
  return scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "[::1]");
}

OutsideReply call_outside(const OutsideCall& call) {
  if (!may_call(call.url)) return {0, {}, call.url + ": https is wanted"};
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  if (!handle) return {0, {}, "no memory"};
  Taking taking{{}, call.most};
  const auto headers = header_list(call);
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(handle.get(), option, value);
  };
  set(CURLOPT_URL, call.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  set(CURLOPT_TIMEOUT, kSeconds);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_WRITEFUNCTION, take);
  set(CURLOPT_WRITEDATA, &taking);
  if (call.body) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body->size()));
    set(CURLOPT_POSTFIELDS, call.body->data());
  }
  const auto result = curl_easy_perform(handle.get());
  if (result != CURLE_OK) return {0, {}, call.url + ": " + curl_easy_strerror(result)};
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return {static_cast<int>(status), std::move(taking.body), {}};
}

}  // namespace zimnik::hub
