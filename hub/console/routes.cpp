#include "hub/console/routes.h"

#include "hub/console/api_key_pages.h"
#include "hub/console/deeds_pages.h"
#include "hub/console/figures_pages.h"
#include "hub/console/leak_pages.h"
#include "hub/console/people_pages.h"
#include "hub/console/schools_page.h"
#include "hub/console/shown_once.h"
#include "hub/console/token_pages.h"

namespace zimnik::hub {
namespace {

constexpr unsigned kAdministrator = bit_of(OperatorRole::administrator);
constexpr unsigned kFigures = kAdministrator | bit_of(OperatorRole::authority);
constexpr unsigned kStaff = kAdministrator | bit_of(OperatorRole::support);

constexpr ConsoleRoute kRoutes[] = {
    {"GET", "/schools", kStaff, "Школы", schools_page},
    {"POST", "/schools", kAdministrator, nullptr, add_school_page},
    {"GET", "/school/{school}", kStaff, nullptr, school_page},
    {"POST", "/school/{school}/token", kStaff, nullptr, make_token},
    {"GET", "/shown/{shown}", kStaff, nullptr, shown_page},
    {"POST", "/school/{school}/token/confirm", kAdministrator, nullptr, confirm_token_page},
    {"POST", "/school/{school}/token/cancel", kStaff, nullptr, cancel_token_page},
    {"GET", "/school/{school}/revoke/{site}", kAdministrator, nullptr, revoke_form},
    {"POST", "/school/{school}/revoke/{site}", kAdministrator, nullptr, revoke_site},
    {"GET", "/school/{school}/undo/{act}", kAdministrator, nullptr, undo_form},
    {"POST", "/school/{school}/undo/{act}", kAdministrator, nullptr, undo_act},
    {"GET", "/school/{school}/accept", kAdministrator, nullptr, accept_form},
    {"POST", "/school/{school}/accept", kAdministrator, nullptr, accept_school},
    {"GET", "/figures", kFigures, "Показатели", figures_page},
    {"GET", "/readiness", kFigures, "Готовность к учебному году", readiness_page},
    {"GET", "/operators", kAdministrator, "Операторы", operators_page},
    {"POST", "/operators", kAdministrator, nullptr, add_operator_page},
    {"POST", "/operators/code", kAdministrator, nullptr, operator_code_page},
    {"POST", "/operators/lock", kAdministrator, nullptr, lock_operator_page},
    {"GET", "/api-keys", kAdministrator, "Ключи других систем", api_keys_page},
    {"POST", "/api-keys", kAdministrator, nullptr, add_api_key_page},
    {"POST", "/api-keys/confirm", kAdministrator, nullptr, confirm_api_key_page},
    {"GET", "/api-keys/{number}/end", kAdministrator, nullptr, end_api_key_form},
    {"POST", "/api-keys/{number}/end", kAdministrator, nullptr, end_api_key_page},
    {"GET", "/leaks", kAdministrator, "Утечки", leaks_page},
    {"POST", "/leaks", kAdministrator, nullptr, open_leak},
    {"GET", "/leaks/{number}", kAdministrator, nullptr, leak_page},
    {"POST", "/leaks/{number}", kAdministrator, nullptr, mark_leak},
    {"GET", "/audit", kAdministrator, "Журнал действий", audit_page},
};

}  // namespace

std::span<const ConsoleRoute> console_routes() { return kRoutes; }

}  // namespace zimnik::hub
