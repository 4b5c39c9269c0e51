// What a made-up school teaches: subjects, hours a week, who can teach them, and topics.
#pragma once

#include <string>
#include <vector>

namespace zimnik::journal::sample {

/// What a teacher can teach. A class of the primary school has a teacher of its own.
enum class Field {
  primary,
  russian,
  mathematics,
  history,
  geography,
  biology,
  english,
  sport,
  arts,
  physics,
  native_language,
};

struct SubjectPlan {
  std::string name;
  Field field = Field::primary;
  int hours = 1;            ///< a week
  bool has_control = true;  ///< control works are written in it
};

/// The curriculum of a grade level, 1 to 11.
std::vector<SubjectPlan> curriculum(int grade_level);
/// The topic of a course's lesson, and its homework; `index` counts the course's lessons from 0.
std::string topic_of(const std::string& subject, std::size_t index);
std::string homework_of(const std::string& subject, std::size_t index);

}  // namespace zimnik::journal::sample
