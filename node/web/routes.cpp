#include "node/web/routes.h"

#include "node/web/care_entries.h"
#include "node/web/class_week.h"
#include "node/web/classes.h"
#include "node/web/conflicts.h"
#include "node/web/control.h"
#include "node/web/course.h"
#include "node/web/day.h"
#include "node/web/finals.h"
#include "node/web/groups.h"
#include "node/web/history.h"
#include "node/web/incidents.h"
#include "node/web/late.h"
#include "node/web/lesson.h"
#include "node/web/movement.h"
#include "node/web/orders.h"
#include "node/web/pupil.h"
#include "node/web/reached.h"
#include "node/web/remarks.h"
#include "node/web/summary_register.h"

namespace zimnik::node {

using journal::Role;
using journal::Roles;

namespace {

constexpr Roles kHeads{Role::principal, Role::deputy_head};
constexpr Roles kPrincipal{Role::principal};
constexpr Roles kReceivers{Role::principal, Role::technical_specialist};
constexpr Roles kCarers{Role::principal, Role::deputy_head, Role::class_teacher};
constexpr Roles kClassReaders{Role::principal, Role::deputy_head, Role::technical_specialist,
                              Role::secretary, Role::class_teacher};
constexpr Roles kClassCarers{Role::principal, Role::deputy_head, Role::secretary,
                             Role::class_teacher};
constexpr Roles kMovers{Role::principal, Role::deputy_head, Role::technical_specialist,
                        Role::secretary};
constexpr Roles kBuilders{Role::principal, Role::deputy_head, Role::technical_specialist};
constexpr Roles kOffice{Role::principal, Role::secretary};
constexpr Roles kTeachers{Role::subject_teacher, Role::additional_teacher};
constexpr Roles kAnswering{Role::principal, Role::deputy_head, Role::subject_teacher,
                           Role::additional_teacher};
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
    {"GET", "/lesson", kTeachers, nullptr, lesson_page},
    {"POST", "/lesson", kTeachers, nullptr, start_lesson},
    {"GET", "/course/{course}", kReaders, nullptr, course_page},
    {"GET", "/course/{course}/finals", kReaders, nullptr, finals_page},
    {"POST", "/course/{course}/finals", kTeachers, nullptr, post_finals},
    {"POST", "/course/{course}/deferral", kReaders, nullptr, defer_final},
    {"POST", "/course/{course}/final-by-paper", kHeads, nullptr, set_final_by_paper},
    {"GET", "/api/course/{course}", kReaders, nullptr, course_json},
    {"POST", "/api/save", kTeachers, nullptr, save_entry},
    {"GET", "/api/history/{course}/{date}/{number}/{pupil}", kReaders, nullptr, history_json},
    {"GET", "/api/status", kStaff, nullptr, status_json},
    {"GET", "/late", kAnswering, "Позже срока", late_page},
    {"POST", "/late", kTeachers, nullptr, explain_late},
    {"GET", "/conflicts", kReaders, "Расхождения", conflicts_page},
    {"POST", "/conflicts", kReaders, nullptr, settle_conflict},
    {"GET", "/register", kCarers, "Ведомости", registers_page},
    {"GET", "/register/{school_class}", kCarers, nullptr, register_page},
    {"GET", "/classes", kClassReaders, "Классы", classes_page},
    {"GET", "/class/{school_class}", kClassReaders, nullptr, class_page},
    {"GET", "/class/{school_class}/week", kClassReaders, nullptr, class_week_page},
    {"GET", "/class/{school_class}/consents", kClassReaders, nullptr, class_consents_page},
    {"POST", "/class/{school_class}/pupil", kMovers, nullptr, add_pupil},
    {"GET", "/pupil/{pupil}", kClassReaders, nullptr, pupil_page},
    {"POST", "/pupil/{pupil}/excuse", kClassCarers, nullptr, add_excuse},
    {"POST", "/pupil/{pupil}/excuse/withdraw", kClassCarers, nullptr, withdraw_excuse},
    {"POST", "/pupil/{pupil}/contact", kClassCarers, nullptr, set_contact},
    {"POST", "/pupil/{pupil}/consent", kClassCarers, nullptr, record_consent},
    {"POST", "/pupil/{pupil}/guardian", kClassCarers, nullptr, add_guardian},
    {"POST", "/pupil/{pupil}/guardian/end", kClassCarers, nullptr, end_guardianship},
    {"POST", "/pupil/{pupil}/file", kMovers, nullptr, set_pupil_file},
    {"POST", "/pupil/{pupil}/admission", kMovers, nullptr, admit_pupil},
    {"POST", "/pupil/{pupil}/transfer", kMovers, nullptr, transfer_pupil},
    {"POST", "/pupil/{pupil}/departure", kMovers, nullptr, dismiss_pupil},
    {"GET", "/groups", kBuilders, nullptr, groups_page},
    {"POST", "/groups", kBuilders, nullptr, add_group},
    {"GET", "/groups/{group}", kBuilders, nullptr, group_page},
    {"POST", "/groups/{group}/name", kBuilders, nullptr, rename_group},
    {"POST", "/groups/{group}/join", kBuilders, nullptr, join_group},
    {"POST", "/groups/{group}/leave", kBuilders, nullptr, leave_group},
    {"GET", "/orders", kOffice, nullptr, orders_page},
    {"POST", "/orders", kOffice, nullptr, add_order},
    {"POST", "/orders/duty", kPrincipal, nullptr, assign_duty},
    {"POST", "/orders/duty/end", kPrincipal, nullptr, end_duty},
    {"GET", "/roles", kReceivers, nullptr, roles_page},
    {"POST", "/roles", kReceivers, nullptr, grant_role},
    {"POST", "/roles/withdraw", kReceivers, nullptr, withdraw_role},
    {"GET", "/control", kHeads, "Контроль", control_page},
    {"GET", "/control/results", kHeads, nullptr, results_page},
    {"GET", "/control/readiness", kHeads, nullptr, readiness_page},
    {"GET", "/control/periods", kHeads, nullptr, periods_page},
    {"POST", "/control/periods", kHeads, nullptr, close_period},
    {"GET", "/remarks", kReaders, "Замечания", remarks_page},
    {"POST", "/remarks", kHeads, nullptr, add_remark},
    {"POST", "/remarks/corrected", kTeachers, nullptr, correct_remark},
    {"POST", "/remarks/decision", kHeads, nullptr, decide_remark},
    {"GET", "/incidents", kStaff, "Происшествия", incidents_page},
    {"POST", "/incidents", kStaff, nullptr, report_incident},
    {"POST", "/incidents/receive", kReceivers, nullptr, receive_incident},
    {"POST", "/incidents/lock", kReceivers, nullptr, lock_account},
    {"POST", "/incidents/act", kPrincipal, nullptr, void_account},
    {"GET", "/acts/{act}", kReceivers, nullptr, act_page},
    {"POST", "/acts/undo", kPrincipal, nullptr, undo_act},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace zimnik::node
