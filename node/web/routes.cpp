#include "node/web/routes.h"

#include "node/web/codes.h"
#include "node/web/conflicts.h"
#include "node/web/control.h"
#include "node/web/course.h"
#include "node/web/day.h"
#include "node/web/evidence.h"
#include "node/web/extract.h"
#include "node/web/finals.h"
#include "node/web/history.h"
#include "node/web/incidents.h"
#include "node/web/journal_print.h"
#include "node/web/late.h"
#include "node/web/lesson.h"
#include "node/web/papers.h"
#include "node/web/reached.h"
#include "node/web/remarks.h"
#include "node/web/slips.h"
#include "node/web/summary_register.h"

namespace zimnik::node {

using journal::Role;
using journal::Roles;

namespace {

constexpr Roles kHeads{Role::principal, Role::deputy_head};
constexpr Roles kPrincipal{Role::principal};
constexpr Roles kReceivers{Role::principal, Role::technical_specialist};
constexpr Roles kCarers{Role::principal, Role::deputy_head, Role::class_teacher};
constexpr Roles kClassCarers{Role::principal, Role::deputy_head, Role::secretary,
                             Role::class_teacher};
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
    {"GET", "/course/{course}/print", kReaders, nullptr, journal_print_page},
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
    {"GET", "/register/{school_class}/pdf", kCarers, nullptr, register_pdf},
    {"GET", "/pupil/{pupil}/extract", kClassCarers, nullptr, extract_page},
    {"GET", "/pupil/{pupil}/extract/pdf", kClassCarers, nullptr, extract_pdf},
    {"GET", "/paper", kClassCarers, nullptr, paper_check_page},
    {"GET", "/class/{school_class}/slips", kClassCarers, nullptr, slips_page},
    {"GET", "/class/{school_class}/codes", kClassCarers, nullptr, codes_page},
    {"POST", "/class/{school_class}/codes", kClassCarers, nullptr, make_codes},
    {"GET", "/control", kHeads, "Контроль", control_page},
    {"GET", "/control/results", kHeads, nullptr, results_page},
    {"GET", "/control/readiness", kHeads, nullptr, readiness_page},
    {"GET", "/control/periods", kHeads, nullptr, periods_page},
    {"POST", "/control/periods", kHeads, nullptr, close_period},
    {"GET", "/remarks", kReaders, "Замечания", remarks_page},
    {"POST", "/remarks", kHeads, nullptr, add_remark},
    {"POST", "/remarks/corrected", kTeachers, nullptr, correct_remark},
    {"POST", "/remarks/decision", kHeads, nullptr, decide_remark},
    {"GET", "/evidence", kPrincipal, "Доказательства", evidence_rows_page},
    {"GET", "/evidence/{table}/{key}", kPrincipal, nullptr, evidence_page},
    {"GET", "/evidence/{table}/{key}/proof", kPrincipal, nullptr, proof_file},
    {"GET", "/evidence/cell/{course}/{date}/{number}/{pupil}", kPrincipal, nullptr,
     cell_evidence_page},
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
