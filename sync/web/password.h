// Passwords at rest: scrypt (RFC 7914), N = 2^15, r = 8, p = 3, with a salt of 16 bytes; 32 MiB and
// about a tenth of a second each. Any thread; two at once work, the others wait.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace zimnik::web {

inline constexpr std::size_t kShortestPassword = 8;   // bytes
inline constexpr std::size_t kLongestPassword = 256;  // bytes

/// Of a password, as text: "$scrypt$ln=15,r=8,p=3$<salt>$<hash>", both in base64.
std::string password_verifier(std::string_view password);
/// False too where the verifier isn't one, after the same time: nobody learns that an account has
/// no password yet.
bool fits_password(std::string_view verifier, std::string_view password);
/// Takes as long as fits_password() of a person who exists.
void waste_time_on(std::string_view password);

inline constexpr int kPasswordTurns = 16;

/// One of the kPasswordTurns in the process who may be at passwords, for as long as it lives: the
/// others of a server's threads are for those who read, whoever tries passwords from wherever. Any
/// thread.
class PasswordTurn {
 public:
  PasswordTurn();
  ~PasswordTurn();
  PasswordTurn(const PasswordTurn&) = delete;
  PasswordTurn& operator=(const PasswordTurn&) = delete;
  /// Else there are too many: the caller should try again later.
  bool is_had() const { return is_had_; }

 private:
  bool is_had_;
};

}  // namespace zimnik::web
