#include "node/web/routes.h"

#include "node/web/conflicts.h"
#include "node/web/control.h"
#include "node/web/course.h"
#include "node/web/day.h"
#include "node/web/finals.h"
#include "node/web/reached.h"
#include "node/web/remarks.h"
#include "node/web/summary_register.h"

namespace zimnik::node {

using journal::Role;
using journal::Roles;

namespace {

constexpr Roles kHeads{Role::principal, Role::deputy_head};
constexpr Roles kCarers{Role::principal, Role::deputy_head, Role::class_teacher};
constexpr Roles kTeachers{Role::subject_teacher, Role::additional_teacher};
constexpr Roles kReaders{Role::principal, Role::deputy_head, Role::class_teacher,
                         Role::subject_teacher, Role::additional_teacher};
constexpr Roles kStaff{Role::principal,         Role::deputy_head,   Role::technical_specialist,
                       Role::secretary,         Role::class_teacher, Role::subject_teacher,
                       Role::additional_teacher};
constexpr Roles kEverybody{
    Role::principal,          Role::deputy_head,   Role::technical_specialist,
    Role::secretary,          Role::class_teacher, Role::subject_teacher,
    Role::additional_teacher, Role::guardian,      Role::pupil};

constexpr Route kRoutes[] = {
    {"GET", "/", kEverybody, "Мой день", day_page},
    {"GET", "/course/{course}", kReaders, nullptr, course_page},
    {"GET", "/course/{course}/finals", kReaders, nullptr, finals_page},
    {"POST", "/course/{course}/finals", kTeachers, nullptr, post_finals},
    {"POST", "/course/{course}/deferral", kReaders, nullptr, defer_final},
    {"POST", "/course/{course}/final-by-paper", kHeads, nullptr, set_final_by_paper},
    {"GET", "/api/course/{course}", kReaders, nullptr, course_json},
    {"POST", "/api/save", kTeachers, nullptr, save_entry},
    {"GET", "/api/status", kStaff, nullptr, status_json},
    {"GET", "/conflicts", kReaders, "Расхождения", conflicts_page},
    {"POST", "/conflicts", kReaders, nullptr, settle_conflict},
    {"GET", "/register", kCarers, "Ведомости", registers_page},
    {"GET", "/register/{school_class}", kCarers, nullptr, register_page},
    {"GET", "/control", kHeads, "Контроль", control_page},
    {"GET", "/control/results", kHeads, nullptr, results_page},
    {"GET", "/control/readiness", kHeads, nullptr, readiness_page},
    {"GET", "/control/periods", kHeads, nullptr, periods_page},
    {"POST", "/control/periods", kHeads, nullptr, close_period},
    {"GET", "/remarks", kReaders, "Замечания", remarks_page},
    {"POST", "/remarks", kHeads, nullptr, add_remark},
    {"POST", "/remarks/corrected", kTeachers, nullptr, correct_remark},
    {"POST", "/remarks/decision", kHeads, nullptr, decide_remark},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace zimnik::node
