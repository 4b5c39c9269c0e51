// People and families, and who may do what.
#include "schema/tables_parts.h"

namespace zimnik::journal {

using sync::Stream;

std::vector<sync::Table> person_tables() {
  return {
      {3,
       "person",
       Stream::shared,
       {integer("id")},
       {{1, "kind", {text("kind")}},
        {2,
         "name",
         {personal("family_name", "id"), personal("given_name", "id"),
          personal("patronymic", "id")}},
        {3, "birth", {personal("birth_date", "id")}}},
       1},
      // What the person gave itself wins over what was entered meanwhile; who has seen it may
      // correct it, whatever the rank.
      {4,
       "contact",
       Stream::shared,
       {integer("person"), text("kind")},
       {{1,
         "contact",
         {personal("value", "person"), text("source"), text("date")},
         word_wins(1, "guardian")}},
       1},
      {20,
       "guardianship",
       Stream::shared,
       {integer("guardian"), integer("pupil")},
       {{1, "relation", {text("relation"), text("until")}}},
       1},
      {21,
       "consent",
       Stream::shared,
       {integer("person"), text("purpose")},
       {{1, "consent", {text("state"), text("source"), text("date")}, word_wins(0, "refused")}},
       1},
      {22,
       "message",
       Stream::shared,
       {integer("id")},
       {{1, "message", {integer("pupil"), integer("thread"), personal("text", "pupil")}},
        {2, "sending", {integer("author"), integer("sent_at")}}},
       1},
      {24,
       "diary_access",
       Stream::shared,
       {integer("guardian")},
       {{1, "code", {blob("verifier"), integer("issued_at")}}},
       1},
      {42,
       "personal_file",
       Stream::school,
       {integer("pupil")},
       {{1,
         "file",
         {text("gender"), personal("file_number", "pupil"), personal("snils", "pupil")}}},
       1},
  };
}

std::vector<sync::Table> permission_tables() {
  return {
      {25,
       "account",
       Stream::school,
       {text("login")},
       {{1, "person", {integer("person")}},
        {2, "verifier", {text("verifier")}},
        {3, "state", {text("state")}},
        {4, "reset", {text("reset_verifier"), integer("reset_expires_at")}}},
       1},
      {26,
       "role_grant",
       Stream::shared,
       {integer("person"), text("role"), text("scope")},
       {{1,
         "grant",
         {text("state"), text("order_number"), text("since"), text("until")},
         word_wins(0, "withdrawn")}},
       1},
      {27,
       "account_lock",
       Stream::shared,
       {text("login")},
       {{1, "lock", {text("state")}, word_wins(0, "locked")}},
       1},
      {41,
       "federal_identity",
       Stream::shared,
       {integer("person")},
       {{1, "identity", {text("issuer"), personal("subject", "person")}}},
       1},
  };
}

}  // namespace zimnik::journal
