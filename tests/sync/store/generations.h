// Four releases of one made-up schema, as each was declared: what a program of that age knows.
// Never changed; a fifth is added.
#pragma once

#include "sync/core/schema.h"
#include "tests/sync/store/town.h"

namespace zimnik::sync::test {

inline constexpr std::uint32_t kGenerations = 4;

/// 1: mark(lesson, pupil): made (identifying), grade. person(id): contact, personal. minutes(id):
///    body, in the school's stream.
/// 2: mark has a note. homework(lesson): content.
/// 3: person has a class, minutes are signed. notice(id), in the school's stream.
/// 4: mark has a kind, which a value keeps; homework is due. address(person), personal.
Schema generation(std::uint32_t version);

/// A replica of that age, with the school's key and person 1's.
Setup of_generation(std::uint32_t version, const std::string& path = ":memory:");

}  // namespace zimnik::sync::test
