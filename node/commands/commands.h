// What a technician asks of a node in a terminal. A command is one function, whether the node is at
// work (then it comes through the control socket) or not.
#pragma once

#include "node/commands/signer.h"
#include "node/school_node.h"
#include "sync/web/control.h"

namespace zimnik::node {

/// Gives the node; what it throws ends the command.
using OpenNode = std::function<SchoolNode&()>;

/// Runs `zimnik-node <arguments>`: exit code 0 done, 1 not done, 2 wrongly asked. The node is
/// opened for what needs one alone: help needs none.
web::ControlReply run_command(const OpenNode& node, const web::ControlCall& call);
inline web::ControlReply run_command(SchoolNode& node, const web::ControlCall& call) {
  return run_command([&]() -> SchoolNode& { return node; }, call);
}

/// The commands' own functions. Each writes what people read, throws std::runtime_error where it
/// can't be done, and gives the exit code.
int show_status(SchoolNode& node, std::ostream& out);
int show_conflicts(SchoolNode& node, std::ostream& out);
int verify(SchoolNode& node, std::ostream& out);
int sync_now(SchoolNode& node, std::ostream& out);

/// A backup of the node's data, made while it is at work; `folder` is a full path, at which there
/// is nothing yet. See node/backup.h.
int make_backup(SchoolNode& node, const std::string& folder, std::ostream& out);

struct EnrollOptions {
  std::string hub;  ///< https://host:port
  std::string token;
  std::string name;  ///< of the node, for people
};
/// A node that was restored without its key, and is at work as a site that nobody knows.
int enroll_again(SchoolNode& node, const EnrollOptions& options, std::ostream& out);

struct AccountOptions {
  std::string login;
  std::string name;      ///< family name, given name, patronymic; where the person is new
  std::string role;      ///< a word of schema/roles.h
  std::string password;  ///< one is made and shown where this is empty
};
int add_account(SchoolNode& node, const AccountOptions& options, std::ostream& out);
int set_password(SchoolNode& node, const AccountOptions& options, std::ostream& out);
int lock_account(SchoolNode& node, const std::string& login, bool lock, std::ostream& out);
int list_accounts(SchoolNode& node, std::ostream& out);

/// The school's other nodes that this one calls straight. An address is host:port, or the same with
/// https:// before it. Who answers there must be a node of this school; where nobody is there now,
/// `site` (32 hexadecimal digits) says which one it will be.
int add_sibling(SchoolNode& node, const std::string& address, const std::string& site,
                std::ostream& out);
int remove_sibling(SchoolNode& node, const std::string& address, std::ostream& out);
int list_siblings(SchoolNode& node, std::ostream& out);

/// One of account, site and act is given. Sites and acts are named by their ids, or the first four
/// digits or more of them.
struct VoidOptions {
  std::string account, site, act;
  /// Of an account ISO 8601, local: 2026-11-24T14:05. Of a site the number of the first of its
  /// entries, in its shared log, that is void; empty: those that aren't held here.
  std::string from;
  std::string school_from;  ///< of a site: likewise, in its sealed log
  std::string until;  ///< of an account: the first moment whose work counts again; empty: none does
  std::string reason;
  Signer signer;  ///< a principal; of a site, and to undo, a technical specialist too
};
int void_account(SchoolNode& node, const VoidOptions& options, std::ostream& out);
int void_site(SchoolNode& node, const VoidOptions& options, std::ostream& out);
int undo_act(SchoolNode& node, const VoidOptions& options, std::ostream& out);
/// All acts, or, of the one that is named, what people should look at after it.
int show_acts(SchoolNode& node, const std::string& act, std::ostream& out);

struct ForgetOptions {
  std::string person;  ///< a number, or family name, given name, patronymic
  std::string reason;
  Signer signer;  ///< a principal
};
/// Destroys what is personal of a person, for ever, and prints the act of it. Refused while
/// something of the person has to be kept (schema/retention.h).
int forget_person(SchoolNode& node, const ForgetOptions& options, std::ostream& out);

/// Activation codes of a class's guardians, to print. An older code of theirs ends.
int print_codes(SchoolNode& node, const std::string& class_name, bool anew, std::ostream& out);

struct ImportOptions {
  std::string kind = "pupils";  ///< a code of schema/import/kinds.h
  std::string since;            ///< YYYY-MM-DD: the first day of what the file begins
  std::int64_t course = 0;      ///< of a lesson plan
  bool only_look = false;
};
/// A file of one of the kinds of schema/import/kinds.h: all of it or nothing; a second time changes
/// nothing.
int import_file(SchoolNode& node, const ImportOptions& asked, const std::string& bytes,
                std::ostream& out);
int import_sample(SchoolNode& node, int pupils, std::ostream& out);

/// The entry of a command that no page made: the technical specialist's, at this machine.
sync::Entry console_entry(SchoolNode& node);

}  // namespace zimnik::node
