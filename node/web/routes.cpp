#include "node/web/routes.h"

#include "node/web/absence_message.h"
#include "node/web/accounts.h"
#include "node/web/after_closing.h"
#include "node/web/care_entries.h"
#include "node/web/class_week.h"
#include "node/web/classes.h"
#include "node/web/codes.h"
#include "node/web/conflicts.h"
#include "node/web/control.h"
#include "node/web/course.h"
#include "node/web/day.h"
#include "node/web/diary.h"
#include "node/web/evidence.h"
#include "node/web/extract.h"
#include "node/web/finals.h"
#include "node/web/finals_in_time.h"
#include "node/web/frost_days.h"
#include "node/web/groups.h"
#include "node/web/history.h"
#include "node/web/imports.h"
#include "node/web/incidents.h"
#include "node/web/journal_print.h"
#include "node/web/late.h"
#include "node/web/lesson.h"
#include "node/web/load.h"
#include "node/web/messages.h"
#include "node/web/movement.h"
#include "node/web/orders.h"
#include "node/web/papers.h"
#include "node/web/pupil.h"
#include "node/web/reached.h"
#include "node/web/refile.h"
#include "node/web/region_code.h"
#include "node/web/remarks.h"
#include "node/web/rollover.h"
#include "node/web/setup.h"
#include "node/web/slips.h"
#include "node/web/summary_register.h"
#include "node/web/timetable.h"
#include "node/web/timetable_changes.h"
#include "node/web/unseen.h"

namespace zimnik::node {

using journal::Role;
using journal::Roles;

namespace {

constexpr Roles kHeads{Role::principal, Role::deputy_head};
constexpr Roles kPrincipal{Role::principal};
constexpr Roles kSupport{Role::principal, Role::technical_specialist};
constexpr Roles kCarers{Role::principal, Role::deputy_head, Role::class_teacher};
constexpr Roles kClassReaders{Role::principal, Role::deputy_head, Role::technical_specialist,
                              Role::secretary, Role::class_teacher};
constexpr Roles kClassCarers{Role::principal, Role::deputy_head, Role::secretary,
                             Role::class_teacher};
constexpr Roles kOffice{Role::principal, Role::deputy_head, Role::technical_specialist,
                        Role::secretary};
constexpr Roles kBringers{Role::principal, Role::deputy_head,     Role::technical_specialist,
                          Role::secretary, Role::subject_teacher, Role::additional_teacher};
constexpr Roles kBuilders{Role::principal, Role::deputy_head, Role::technical_specialist};
constexpr Roles kChancery{Role::principal, Role::secretary};
constexpr Roles kTeachers{Role::subject_teacher, Role::additional_teacher};
constexpr Roles kAnswering{Role::principal, Role::deputy_head, Role::subject_teacher,
                           Role::additional_teacher};
constexpr Roles kReaders{Role::principal, Role::deputy_head, Role::class_teacher,
                         Role::subject_teacher, Role::additional_teacher};
constexpr Roles kStaff = journal::kStaffRoles;
constexpr Roles kFamilies = journal::kFamilyRoles;
constexpr Roles kDiaryReaders{Role::principal, Role::deputy_head, Role::class_teacher,
                              Role::guardian, Role::pupil};
constexpr Roles kEverybody{
    Role::principal,          Role::deputy_head,   Role::technical_specialist,
    Role::secretary,          Role::class_teacher, Role::subject_teacher,
    Role::additional_teacher, Role::guardian,      Role::pupil};

constexpr Route kRoutes[] = {
    {"GET", "/", kEverybody, "Мой день", day_page},
    {"GET", "/diary", kFamilies, "Дневник", own_diary_page},
    {"GET", "/diary/{pupil}", kDiaryReaders, nullptr, diary_page},
    {"GET", "/diary/{pupil}/day", kDiaryReaders, nullptr, diary_day_page},
    {"GET", "/diary/{pupil}/results", kDiaryReaders, nullptr, diary_results_page},
    {"GET", "/diary/{pupil}/subject/{subject}", kDiaryReaders, nullptr, diary_subject_page},
    {"GET", "/diary/{pupil}/schedule", kDiaryReaders, nullptr, diary_schedule_page},
    {"POST", "/diary/{pupil}/message", kFamilies, nullptr, write_to_school},
    {"GET", "/lesson", kTeachers, nullptr, lesson_page},
    {"POST", "/lesson", kTeachers, nullptr, start_lesson},
    {"POST", "/refile", kTeachers, nullptr, refile_lesson},
    {"GET", "/course/{course}", kReaders, nullptr, course_page},
    {"GET", "/together/{courses}", kReaders, nullptr, together_page},
    {"GET", "/course/{course}/print", kReaders, nullptr, journal_print_page},
    {"GET", "/course/{course}/finals", kReaders, nullptr, finals_page},
    {"POST", "/course/{course}/finals", kTeachers, nullptr, post_finals},
    {"POST", "/course/{course}/deferral", kReaders, nullptr, defer_final},
    {"POST", "/course/{course}/final-by-paper", kHeads, nullptr, set_final_by_paper},
    {"GET", "/api/course/{course}", kReaders, nullptr, course_json},
    {"POST", "/api/save", kTeachers, nullptr, save_entry},
    {"GET", "/api/history/{course}/{date}/{number}/{pupil}", kReaders, nullptr, history_json},
    {"GET", "/api/status", kStaff, nullptr, status_json},
    {"GET", "/timetable", kStaff, "Расписание", timetable_page},
    {"POST", "/timetable", kHeads, nullptr, add_slot},
    {"POST", "/timetable/end", kHeads, nullptr, end_slot},
    {"GET", "/timetable/changes", kHeads, nullptr, timetable_changes_page},
    {"POST", "/timetable/changes/substitute", kHeads, nullptr, assign_substitute},
    {"POST", "/timetable/changes/move", kHeads, nullptr, move_planned_lesson},
    {"POST", "/timetable/changes/undo", kHeads, nullptr, undo_timetable_change},
    {"GET", "/frost-days", kStaff, nullptr, frost_days_page},
    {"POST", "/frost-days", kHeads, nullptr, announce_frost_day},
    {"POST", "/frost-days/remove", kHeads, nullptr, withdraw_frost_day},
    {"GET", "/moves", kAnswering, nullptr, moves_page},
    {"POST", "/moves", kAnswering, nullptr, name_move},
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
    {"GET", "/class/{school_class}/messages", kCarers, nullptr, class_messages_page},
    {"POST", "/class/{school_class}/messages", kCarers, nullptr, write_to_class},
    {"POST", "/class/{school_class}/pupil", kOffice, nullptr, add_pupil},
    {"GET", "/pupil/{pupil}", kClassReaders, nullptr, pupil_page},
    {"GET", "/pupil/{pupil}/messages", kCarers, nullptr, pupil_messages_page},
    {"POST", "/pupil/{pupil}/messages", kCarers, nullptr, write_to_family},
    {"POST", "/pupil/{pupil}/excuse", kClassCarers, nullptr, add_excuse},
    {"POST", "/pupil/{pupil}/excuse/withdraw", kClassCarers, nullptr, withdraw_excuse},
    {"POST", "/pupil/{pupil}/contact", kClassCarers, nullptr, set_contact},
    {"POST", "/pupil/{pupil}/consent", kClassCarers, nullptr, record_consent},
    {"POST", "/pupil/{pupil}/guardian", kClassCarers, nullptr, add_guardian},
    {"POST", "/pupil/{pupil}/guardian/end", kClassCarers, nullptr, end_guardianship},
    {"POST", "/pupil/{pupil}/file", kOffice, nullptr, set_pupil_file},
    {"POST", "/pupil/{pupil}/admission", kOffice, nullptr, admit_pupil},
    {"POST", "/pupil/{pupil}/transfer", kOffice, nullptr, transfer_pupil},
    {"POST", "/pupil/{pupil}/departure", kOffice, nullptr, dismiss_pupil},
    {"GET", "/register/{school_class}/pdf", kCarers, nullptr, register_pdf},
    {"GET", "/pupil/{pupil}/extract", kClassCarers, nullptr, extract_page},
    {"GET", "/pupil/{pupil}/extract/pdf", kClassCarers, nullptr, extract_pdf},
    {"GET", "/paper", kClassCarers, nullptr, paper_check_page},
    {"GET", "/class/{school_class}/slips", kClassCarers, nullptr, slips_page},
    {"GET", "/class/{school_class}/codes", kClassCarers, nullptr, codes_page},
    {"POST", "/class/{school_class}/codes", kClassCarers, nullptr, make_codes},
    {"GET", "/groups", kBuilders, nullptr, groups_page},
    {"POST", "/groups", kBuilders, nullptr, add_group},
    {"GET", "/groups/{group}", kBuilders, nullptr, group_page},
    {"POST", "/groups/{group}/name", kBuilders, nullptr, rename_group},
    {"POST", "/groups/{group}/join", kBuilders, nullptr, join_group},
    {"POST", "/groups/{group}/leave", kBuilders, nullptr, leave_group},
    {"GET", "/load", kBuilders, nullptr, load_page},
    {"POST", "/load", kBuilders, nullptr, add_course},
    {"POST", "/load/change", kBuilders, nullptr, change_course},
    {"GET", "/rollover", kBuilders, nullptr, rollover_page},
    {"POST", "/rollover/preview", kBuilders, nullptr, rollover_preview},
    {"POST", "/rollover", kBuilders, nullptr, roll_over},
    {"GET", "/orders", kChancery, nullptr, orders_page},
    {"POST", "/orders", kChancery, nullptr, add_order},
    {"POST", "/orders/correct", kChancery, nullptr, correct_order},
    {"POST", "/orders/duty", kPrincipal, nullptr, assign_duty},
    {"POST", "/orders/duty/end", kPrincipal, nullptr, end_duty},
    {"GET", "/roles", kSupport, nullptr, roles_page},
    {"POST", "/roles", kSupport, nullptr, grant_role},
    {"POST", "/roles/withdraw", kSupport, nullptr, withdraw_role},
    {"GET", "/control", kHeads, "Контроль", control_page},
    {"GET", "/control/results", kHeads, nullptr, results_page},
    {"GET", "/control/finals", kHeads, nullptr, finals_in_time_page},
    {"GET", "/control/unseen", kHeads, nullptr, unseen_page},
    {"GET", "/control/readiness", kHeads, nullptr, readiness_page},
    {"GET", "/control/periods", kHeads, nullptr, periods_page},
    {"POST", "/control/periods", kHeads, nullptr, close_period},
    {"GET", "/after-closing", kAnswering, nullptr, after_closing_page},
    {"POST", "/after-closing", kHeads, nullptr, decide_after_closing},
    {"GET", "/remarks", kReaders, "Замечания", remarks_page},
    {"POST", "/remarks", kHeads, nullptr, add_remark},
    {"POST", "/remarks/corrected", kTeachers, nullptr, correct_remark},
    {"POST", "/remarks/decision", kHeads, nullptr, decide_remark},
    {"GET", "/accounts", kSupport, "Логины", accounts_page},
    {"POST", "/accounts", kSupport, nullptr, add_account},
    {"POST", "/accounts/class", kSupport, nullptr, add_class_accounts},
    {"POST", "/accounts/code", kSupport, nullptr, issue_account_code},
    {"POST", "/accounts/region-code", kSupport, nullptr, issue_region_code},
    {"POST", "/accounts/lock", kSupport, nullptr, close_account},
    {"POST", "/accounts/unlock", kSupport, nullptr, reopen_account},
    {"GET", "/password", kEverybody, nullptr, password_page},
    {"POST", "/password", kEverybody, nullptr, change_password},
    {"GET", "/import", kOffice, "Импорт", imports_page},
    {"GET", "/import/{kind}", kBringers, nullptr, import_kind_page},
    {"POST", "/import/{kind}", kBringers, nullptr, upload_file},
    {"GET", "/import/preview/{token}", kBringers, nullptr, import_preview},
    {"POST", "/import/preview/{token}", kBringers, nullptr, confirm_import},
    {"GET", "/setup", kSupport, nullptr, setup_page},
    {"POST", "/setup/school", kSupport, nullptr, set_up_school},
    {"POST", "/setup/periods", kSupport, nullptr, set_up_periods},
    {"POST", "/setup/days", kSupport, nullptr, set_up_days_off},
    {"POST", "/setup/bells", kSupport, nullptr, set_up_bells},
    {"POST", "/setup/works", kSupport, nullptr, set_up_works},
    {"GET", "/absence-message", kBuilders, nullptr, absence_message_page},
    {"POST", "/absence-message", kBuilders, nullptr, set_absence_message},
    {"GET", "/evidence", kPrincipal, "Доказательства", evidence_rows_page},
    {"GET", "/evidence/{table}/{key}", kPrincipal, nullptr, evidence_page},
    {"GET", "/evidence/{table}/{key}/proof", kPrincipal, nullptr, proof_file},
    {"GET", "/evidence/cell/{course}/{date}/{number}/{pupil}", kPrincipal, nullptr,
     cell_evidence_page},
    {"GET", "/incidents", kStaff, "Происшествия", incidents_page},
    {"POST", "/incidents", kStaff, nullptr, report_incident},
    {"POST", "/incidents/receive", kSupport, nullptr, receive_incident},
    {"POST", "/incidents/lock", kSupport, nullptr, lock_account},
    {"POST", "/incidents/act", kPrincipal, nullptr, void_account},
    {"GET", "/acts/{act}", kSupport, nullptr, act_page},
    {"POST", "/acts/undo", kPrincipal, nullptr, undo_act},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace zimnik::node
