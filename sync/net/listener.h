// A socket that listens, and what comes of it.
#pragma once

#include <optional>
#include <string>

namespace zimnik::net {

/// Closes its descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return number_; }
  int release();

 private:
  int number_;
};

class Listener {
 public:
  /// `address` as in HttpOptions. Throws std::system_error, and std::invalid_argument where it
  /// isn't an address.
  explicit Listener(const std::string& address);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  struct Accepted {
    Descriptor socket;    ///< doesn't block
    std::string address;  ///< numeric, without port; empty on a Unix socket
  };
  /// Nothing where nobody waits.
  std::optional<Accepted> accept();
  /// Whether the last accept() gave nothing because this process has too many files open.
  bool lacks_descriptors() const { return lacks_descriptors_; }

  int descriptor() const { return socket_.get(); }
  int port() const;

 private:
  Descriptor socket_;
  std::string path_;  ///< of a Unix socket
  bool lacks_descriptors_ = false;
};

}  // namespace zimnik::net
