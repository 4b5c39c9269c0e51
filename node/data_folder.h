// Where a node keeps what is its own. One folder, which no other program writes to.
#pragma once

#include <string>

namespace zimnik::node {

struct DataFolder {
  std::string path;

  std::string configuration() const { return path + "/node.json"; }
  std::string site_key() const { return path + "/site.key"; }  ///< never part of a backup
  /// Of the site that this node goes on from, while something is wanted of it; likewise.
  std::string old_site_key() const { return path + "/site.old.key"; }
  std::string home() const { return path + "/home.json"; }  ///< likewise: node/home.h
  std::string journal() const { return path + "/journal.db"; }
  std::string keys() const { return path + "/keys.db"; }
  std::string local() const { return path + "/local.db"; }  ///< sessions, what the region has
  std::string web_authority() const { return path + "/web-authority.pem"; }
  std::string web_certificate() const { return path + "/web.pem"; }
  std::string control_socket() const { return path + "/node.sock"; }
};

}  // namespace zimnik::node
