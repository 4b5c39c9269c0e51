// What the pages of the school's people share: who cares for whom, in which role, and the ways
// between the pages.
#pragma once

#include <cstdint>
#include <optional>

#include "node/web/site.h"

namespace zimnik::node {

inline constexpr const char* kNoPupil = "Такого обучающегося нет, или он не Вашего класса.";

/// The pages of the theme that the visitor may open, as {{>people_tabs}} shows them.
web::List people_tabs(const Visitor& visitor, const std::string& here,
                      const web::Translator& translate);

/// In which role somebody writes of a class: the highest of principal, deputy head and secretary
/// that it has for the whole school, else as its teacher.
journal::Role caring_role(const Visitor& visitor);

/// ДД.ММ.ГГГГ; empty where there is none.
std::string russian(const std::optional<journal::Date>& date);
/// Nothing where the field is empty. Throws CommandRefused where it is no day.
std::optional<journal::Date> day_or_nothing(const net::Fields& form, const char* field,
                                            const char* what);
/// A contact as a page shows it: the kind's flag, the value, where it comes from and when.
web::Values contact_values(const journal::Contact& contact);

}  // namespace zimnik::node
