// Answers of the API, and what requests say of the page that they want. Pure but for freshness; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/api/resources.h"
#include "hub/hub.h"
#include "sync/net/http_message.h"

namespace zimnik::hub {

/// RFC 9457: application/problem+json.
net::Response api_problem(int status, const std::string& title, const std::string& detail = "");
/// {"as_of", "nodes_behind", …`members`}: `members` is what follows in the object. Its ETag is of
/// the members: what is as it was is 304, with the new moment in Zimnik-As-Of.
net::Response api_answer(Hub& hub, const sync::SchoolId& school, const net::Request& request,
                         const std::string& members);
/// The same of an answer that is about no school.
net::Response api_answer(const net::Request& request, const std::string& body,
                         const std::string& tagged);

/// In JSON: the moment with its quotes; null.
std::string moment_json(const std::optional<sync::Time>& time);

/// The keys of a row in hexadecimal, for the request of what follows.
std::string cursor_of(const std::vector<sync::Value>& key);
/// Nothing where it is no cursor of so many values.
std::optional<std::vector<sync::Value>> cursor_from(const std::string& text, std::size_t values);

/// What is wrong with a request, for who made it.
struct BadQuery {
  std::string why;
};
/// Throws BadQuery. `usual_year` where none is asked for.
ApiQuery query_of(const net::Request& request, const ApiResource& resource, journal::Date today,
                  int usual_year);

}  // namespace zimnik::hub
