// The region's server: its authority, its own site, its schools, and the region's database.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "hub/access_log.h"
#include "hub/backup_register.h"
#include "hub/clock.h"
#include "hub/data_folder.h"
#include "hub/delivery/calendar_store.h"
#include "hub/delivery/choice_store.h"
#include "hub/delivery/news_store.h"
#include "hub/delivery/outbox.h"
#include "hub/family_store.h"
#include "hub/hub_database.h"
#include "hub/identity_store.h"
#include "hub/recovery_store.h"
#include "hub/region_store.h"
#include "hub/school.h"
#include "hub/second_factor_store.h"
#include "hub/seen_store.h"
#include "sync/net/certificate.h"

namespace zimnik::hub {

/// Any thread.
class Hub {
 public:
  /// Makes the folder with the region's authority, the hub's site and its database. Throws
  /// std::runtime_error where there is a hub already, or anything of one.
  static void make(const DataFolder& folder, const std::string& region, sync::Time now);
  /// Throws std::runtime_error where there is no hub, or one of its own files is missing, or
  /// another process has it open. Of a school whose files are missing its use throws.
  explicit Hub(const DataFolder& folder, Clock clock = system_time);

  const DataFolder& folder() const { return folder_; }
  const net::CertificateAuthority& authority() const { return authority_; }
  const net::SiteSecret& self() const { return self_; }
  sync::Time now() const { return clock_(); }
  /// For the stores of themes, which are a reference to it.
  HubDatabase& database() { return database_; }
  RegionStore& region() { return region_; }
  FamilyStore& families() { return families_; }
  IdentityStore& identities() { return identities_; }
  SecondFactorStore& second_factors() { return second_factors_; }
  RecoveryStore& recoveries() { return recoveries_; }
  BackupRegister& backups() { return backups_; }
  ChoiceStore& choices() { return choices_; }
  NewsStore& news() { return news_; }
  CalendarStore& calendars() { return calendars_; }
  Outbox& outbox() { return outbox_; }
  AccessLog& accesses() { return accesses_; }
  SeenStore& seen() { return seen_; }

  /// Durable, and its files made, when it returns.
  School& add_school(const std::string& name);
  /// One that sites have and this hub lost, since it was restored from a backup of before: closed
  /// until they were heard (recovery.h). Throws std::runtime_error where it is here.
  School& add_lost_school(const std::string& name, const sync::SchoolId& id);
  /// Null where there is none. Schools stay for as long as the hub.
  School* find(const sync::SchoolId& id);
  /// By its id's digits, which may be any text.
  School* find(const std::string& id);
  /// Its name here; its id's digits where there is none.
  std::string name_of(const sync::SchoolId& id);
  std::vector<School*> schools();  ///< in order of their names
  /// What a school's logs ask of the region's database: which sites are revoked is noted, and which
  /// go on from others, and the accounts of forgotten guardians go. Is done whenever a school is
  /// opened; else for who has taken or made acts.
  void heed_acts(const sync::SchoolId& id, net::LockedSchool& school);

 private:
  School& insert(const SchoolEntry& entry);
  School& add(const SchoolEntry& entry);

  const DataFolder folder_;
  const Clock clock_;
  HubDatabase database_;
  RegionStore region_{database_};
  FamilyStore families_{database_};
  IdentityStore identities_{database_};
  SecondFactorStore second_factors_{database_};
  RecoveryStore recoveries_{database_};
  BackupRegister backups_{database_};
  ChoiceStore choices_{database_};
  NewsStore news_{database_};
  CalendarStore calendars_{database_};
  Outbox outbox_{database_};
  AccessLog accesses_{database_};
  SeenStore seen_{database_};
  net::CertificateAuthority authority_;
  net::SiteSecret self_;
  std::shared_mutex mutex_;
  std::map<sync::SchoolId, std::unique_ptr<School>> schools_;
};

}  // namespace zimnik::hub
