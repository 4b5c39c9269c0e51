// A day of the made-up school: what its teachers enter, in order of time.
#include <algorithm>

#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/read/entries.h"
#include "schema/read/periods.h"
#include "schema/sample/calendar.h"
#include "schema/sample/plan.h"

namespace zimnik::journal::sample {

using sync::Command;

namespace {

using Plan = SampleSchool::Plan;

/// Collects a day's entries, and writes them in order of their times.
class DayWriter {
 public:
  DayWriter(const Plan& plan, Date day, Site site) : plan_(plan), day_(day), site_(site) {}

  void write(const SampleWrite& write) {
    for (std::size_t i = 0; i < plan_.courses.size(); ++i) add_course(i);
    for (std::size_t i = 0; i < plan_.pupils.size(); ++i) add_excuse_of(i);
    if (site_ != Site::branch) add_closing();
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Planned& left, const Planned& right) {
                       return left.entry.time < right.entry.time;
                     });
    for (const auto& planned : entries_) write(planned.entry, planned.command);
  }

 private:
  struct Planned {
    sync::Entry entry;
    std::function<void(Command&)> command;
  };

  /// `minute` of the day, with a second that makes entries differ.
  void add(std::size_t author, int minute, std::function<void(Command&)> command) {
    const int second = static_cast<int>(entries_.size() % 60);
    entries_.push_back(
        {entry_of(plan_.staff[author], local_time(day_, minute / 60, minute % 60, second)),
         std::move(command)});
  }

  bool is_here(const PlannedCourse& course) const {
    return site_ == Site::all || (site_ == Site::branch) == plan_.is_at_branch(course);
  }

  void add_course(std::size_t index) {
    const auto& course = plan_.courses[index];
    if (!is_here(course)) return;
    for (const auto& slot : course.slots) {
      if (slot.weekday == day_.weekday()) add_lesson(index, slot.number);
    }
    if (!course.slots.empty()) add_finals(course);
  }

  void add_lesson(std::size_t index, int number) {
    const auto& course = plan_.courses[index];
    const LessonKey lesson{course.id, day_, number};
    auto dice = Dice(Dice::of(plan_.options.seed + 17, index,
                              static_cast<std::uint64_t>(day_.days() * 16 + number)));
    const auto at = lesson_index(plan_, course, day_, number);
    const bool is_control = is_control_lesson(course, at);
    const int minute = bell_minute(number);
    const auto substitute = substitute_for(plan_, course, day_, number);
    const auto author = substitute.value_or(course.teacher);
    Assignment assignment{plan_.staff[author].person.id, {}, ""};
    if (substitute) {
      assignment.substitutes = plan_.staff[course.teacher].person.id;
      assignment.order_number = std::to_string(day_.days() % 1000) + "-з";
    }
    add(author, minute + 1, [=](Command& run) {
      open_lesson(run, lesson, assignment);
      if (is_control) set_lesson_kind(run, lesson, "control_work");
    });
    const auto topic = is_control ? "Контрольная работа" : topic_of(course.subject_name, at);
    add(author, minute + dice.between(3, 12),
        [=](Command& run) { set_topic(run, lesson, topic, assignment.order_number); });
    add_homework(course, lesson, author, assignment.order_number, at, dice);
    for (const auto pupil : plan_.pupils_of(course)) {
      add_cell(course, lesson, author, pupil, is_control, dice);
    }
    add_retakes(course, lesson);
  }

  void add_homework(const PlannedCourse& course, const LessonKey& lesson, std::size_t author,
                    const std::string& order, std::size_t at, Dice& dice) {
    const int minute = bell_minute(static_cast<int>(lesson.number)) + dice.between(34, 41);
    const int said = dice.between(1, 100);
    if (said > 96) return;  // some forget
    if (said > 80 || plan_.classes[course.school_class].name.grade_level == 1) {
      add(author, minute, [=](Command& run) { set_no_homework(run, lesson, order); });
      return;
    }
    const auto text = homework_of(course.subject_name, at);
    add(author, minute, [=](Command& run) { set_homework(run, lesson, text, order); });
  }

  void add_cell(const PlannedCourse& course, const LessonKey& lesson, std::size_t author,
                std::size_t pupil, bool is_control, Dice& dice) {
    const auto id = plan_.pupils[pupil].person.id;
    const int minute = bell_minute(static_cast<int>(lesson.number));
    if (illness_on(plan_, pupil, day_) || dice.happens(0.004)) {
      add(author, minute + dice.between(4, 17),
          [=](Command& run) { set_absence(run, lesson, id, Absence::absent); });
      return;
    }
    if (dice.happens(0.004)) {
      const int late = dice.between(2, 15);
      add(author, minute + late + 1,
          [=](Command& run) { set_absence(run, lesson, id, Absence::late, late); });
    }
    // The first class gets no marks.
    if (plan_.classes[course.school_class].name.grade_level == 1) return;
    if (!is_control && !dice.happens(0.3)) return;
    const bool is_test = !is_control && dice.happens(0.2);
    MarkEntry mark;
    mark.value = mark_value(plan_.pupils[pupil], dice);
    mark.work_type = is_control ? plan_.control_work
                     : is_test  ? plan_.test_work
                                : plan_.current_work;
    if (dice.happens(0.02)) mark.comment = "Работа над ошибками";
    const int when = is_control ? 16 * 60 + dice.between(0, 50) : minute + dice.between(15, 40);
    const auto enter = [=](const MarkEntry& entry) {
      return [=](Command& run) { enter_mark(run, {lesson, id}, entry); };
    };
    if (dice.happens(0.02)) {  // typed wrong, and put right at once
      auto wrong = mark;
      wrong.value = *mark.value == 5 ? 4 : *mark.value + 1;
      add(author, when, enter(wrong));
      add(author, when + 1, enter(mark));
      return;
    }
    add(author, when, enter(mark));
  }

  /// Who was ill at a control work a week or two ago writes it now.
  void add_retakes(const PlannedCourse& course, const LessonKey& lesson) {
    const auto then = lesson.date.plus(-7);
    if (!is_school_day(plan_, then)) return;
    const int number = static_cast<int>(lesson.number);
    if (!is_control_lesson(course, lesson_index(plan_, course, then, number))) return;
    const LessonKey missed{course.id, then, lesson.number};
    for (const auto pupil : plan_.pupils_of(course)) {
      if (!illness_on(plan_, pupil, then) || illness_on(plan_, pupil, day_)) continue;
      Dice dice = plan_.dice(Kind::lesson, pupil);
      MarkEntry mark;
      mark.value = mark_value(plan_.pupils[pupil], dice);
      mark.work_type = plan_.control_work;
      mark.protocol = Protocol{std::to_string(day_.days() % 1000) + "-п", day_};
      const auto id = plan_.pupils[pupil].person.id;
      add(course.teacher, 15 * 60 + 30, [=](Command& run) { enter_mark(run, {missed, id}, mark); });
    }
  }

  void add_excuse_of(std::size_t pupil) {
    const auto illness = illness_on(plan_, pupil, day_);
    const auto& school_class = plan_.classes[plan_.pupils[pupil].school_class];
    const bool is_here = site_ == Site::all ||
                         (site_ == Site::branch) == (school_class.name.branch == plan_.branches[1]);
    if (!illness || illness->since != day_ || !is_here) return;
    auto dice = plan_.dice(Kind::day, pupil + static_cast<std::size_t>(day_.days()));
    if (dice.happens(0.25)) return;  // no paper yet
    const auto reason = dice.happens(0.8) ? ExcuseReason::sick : ExcuseReason::excused;
    const auto id = plan_.pupils[pupil].person.id;
    add(school_class.teacher, 14 * 60 + 40, [=](Command& run) {
      add_excuse(run, id, illness->since, illness->until, reason,
                 reason == ExcuseReason::sick ? "медицинская справка" : "заявление");
    });
  }

  /// In the period's last days each pupil gets a result, from what is in the journal by then.
  void add_finals(const PlannedCourse& course) {
    const int grade = plan_.classes[course.school_class].name.grade_level;
    const auto code = grade >= 10 ? half_year_ending(plan_, day_) : quarter_ending(plan_, day_);
    if (!code || grade == 1) return;
    for (const auto pupil : plan_.pupils_of(course)) {
      const FinalKey key{plan_.pupils[pupil].person.id, course.id, *code, plan_.options.year};
      add(course.teacher, 17 * 60, [=, day = day_](Command& run) {
        const auto period = period_of(run.database(), key.course, day);
        if (!period) return;
        const auto average = average_of(
            marks_between(run.database(), key.course, period->starts, period->ends, key.pupil));
        const auto value = average.count < 2 ? std::nullopt : forecast(average);
        set_final(run, key, value ? std::to_string(*value) : "н/а");
      });
    }
  }

  void add_closing() {
    for (const auto& code : {quarter_ending(plan_, day_), half_year_ending(plan_, day_)}) {
      if (!code) continue;
      const auto at = local_time(day_, 19, 0).ms;
      add(kDeputy, 19 * 60, [year = plan_.options.year, at, code = *code](Command& run) {
        close_period(run, year, code, at);
      });
    }
  }

  const Plan& plan_;
  Date day_;
  Site site_;
  std::vector<Planned> entries_;
};

}  // namespace

SampleSchool::SampleSchool(const SampleOptions& options) : plan_(std::make_unique<Plan>(options)) {}
SampleSchool::~SampleSchool() = default;
SampleSchool::SampleSchool(SampleSchool&&) noexcept = default;

std::vector<std::int64_t> SampleSchool::people() const {
  std::vector<std::int64_t> ids;
  for (const auto& one : plan_->staff) ids.push_back(one.person.id);
  for (const auto& one : plan_->pupils) ids.push_back(one.person.id);
  for (const auto& one : plan_->guardians) ids.push_back(one.person.id);
  return ids;
}

const std::vector<SampleStaff>& SampleSchool::staff() const { return plan_->public_staff; }
const std::vector<SampleGuardian>& SampleSchool::guardians() const {
  return plan_->public_guardians;
}
std::int64_t SampleSchool::main_branch() const { return plan_->branches[0]; }
std::int64_t SampleSchool::small_branch() const { return plan_->branches[1]; }

std::vector<Date> SampleSchool::school_days() const {
  std::vector<Date> days;
  const auto last = std::min(plan_->options.until, *Date::from(plan_->options.year + 1, 5, 26));
  for (auto day = *Date::from(plan_->options.year, 9, 1); day <= last; day = day.plus(1)) {
    if (is_school_day(*plan_, day)) days.push_back(day);
  }
  return days;
}

void SampleSchool::write_day(Date day, Site site, const SampleWrite& write) const {
  DayWriter(*plan_, day, site).write(write);
}

void fill(sync::Replica& replica, const SampleSchool& school) {
  const SampleWrite write = [&](sync::Entry entry, const std::function<void(Command&)>& command) {
    entry.seen = replica.seen();
    replica.write(entry, command);
  };
  replica.batch([&] { school.write_structure(write); });
  const auto days = school.school_days();
  for (std::size_t first = 0; first < days.size();) {
    const auto monday = days[first].monday();
    replica.batch([&] {
      for (; first < days.size() && days[first].monday() == monday; ++first) {
        school.write_day(days[first], Site::all, write);
      }
    });
  }
}

}  // namespace zimnik::journal::sample
