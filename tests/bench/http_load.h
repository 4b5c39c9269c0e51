// Loads an HTTP server of this machine: so many connections that are kept alive, each with the next
// request as soon as its answer is whole. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace zimnik::bench {

struct HttpLoadOptions {
  int port = 0;  ///< of 127.0.0.1
  std::size_t clients = 64;
  std::chrono::seconds time{10};
  bool is_once = false;  ///< each request once, where there is time for it
  /// What is asked for, one after the other, again and again: «path» or «path<tab>cookies».
  std::vector<std::string> requests;
};

struct HttpLoadFigures {
  std::uint64_t answers = 0;
  std::uint64_t failures = 0;  ///< other than 200, or a connection that broke
  double per_second = 0;
  double median_ms = 0, p99_ms = 0, worst_ms = 0;
  double bytes = 0;  ///< of an answer's body, on average
};

/// Throws std::runtime_error where nobody listens there.
HttpLoadFigures load_http(const HttpLoadOptions& options);
/// The same, printed as one JSON object. The requests stand in a file, one on a line.
void http_load(const HttpLoadOptions& options, const std::string& requests_file);

/// Serves a body of so many bytes by cpp-httplib as it is shipped, until it is ended: what a page
/// could cost at the least. Prints its port.
void serve_bare(std::size_t bytes);

}  // namespace zimnik::bench
