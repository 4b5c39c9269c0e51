// Passwords at rest: scrypt (RFC 7914), N = 2^15, r = 8, p = 3, with a salt of 16 bytes; 32 MiB and
// about a tenth of a second each. Any thread; two at once work, the others wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace zimnik::web {

inline constexpr std::size_t kShortestPassword = 8;   // bytes
inline constexpr std::size_t kLongestPassword = 256;  // bytes

/// Of a password, as text: "$scrypt$ln=15,r=8,p=3$<salt>$<hash>", both in base64.
std::string password_verifier(std::string_view password);
enum class Haste : std::uint8_t { usual, first };  ///< first: before all who wait as usual
/// False too where the verifier isn't one, after the same time: nobody learns that an account has
/// no password yet.
bool fits_password(std::string_view verifier, std::string_view password,
                   Haste haste = Haste::usual);
/// Takes as long as fits_password() of a person who exists.
void waste_time_on(std::string_view password);

/// Who is at passwords at the same time: the others of a server's threads are for those who read,
/// whoever tries passwords from wherever. Any thread.
class PasswordTurns {
 public:
  /// `all` at once, and of one caller so many: it leaves turns to others.
  PasswordTurns(int all, int of_caller) : all_(all), of_caller_(of_caller) {}

  /// For as long as it lives.
  class Turn {
   public:
    Turn(PasswordTurns& turns, std::string caller) : turns_(&turns), caller_(std::move(caller)) {}
    Turn(Turn&& other) noexcept
        : turns_(std::exchange(other.turns_, nullptr)), caller_(std::move(other.caller_)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (turns_ != nullptr) turns_->give_back(caller_);
    }

   private:
    PasswordTurns* turns_;
    std::string caller_;
  };

  /// Nothing where there are too many: the caller should try again later.
  std::optional<Turn> take(const std::string& caller);

 private:
  void give_back(const std::string& caller);

  const int all_, of_caller_;
  std::mutex mutex_;
  int taken_ = 0;
  std::map<std::string, int> taken_by_;
};

}  // namespace zimnik::web
