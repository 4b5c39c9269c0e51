// What a restore makes in its folder, and what it leaves there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "hub/files.h"
#include "hub/recovery.h"
#include "sync/web/catalogue.h"
#include "tests/hub/restored_region.h"
#include "tests/texts.h"

namespace zimnik::hub::test {

namespace files = std::filesystem;

TEST_CASE_METHOD(RestoredRegion, "restore says how many revocations are in force again") {
  back_up();
  const auto notes = folder.file("revocations");
  run({"revoke", school, second.id().hex(), "--reason", "украден"});
  files::copy(hub->data().revocations(), notes);
  std::ostringstream out;
  hub::restore({folder.file("restored")}, {copy, authority, notes}, kPassphrase, system_time(),
               out);
  CHECK_THAT(out.str(), Catch::Contains("отзывов из файла снова в силе: 1\n"));
  std::ofstream(notes, std::ios::trunc).close();
  CHECK_THROWS_WITH(hub::restore({folder.file("other")}, {copy, authority, notes}, kPassphrase,
                                 system_time(), out),
                    Catch::Contains("файл пуст"));
}

TEST_CASE_METHOD(RestoredRegion,
                 "what can't be restored leaves no hub, and nothing in its folder") {
  back_up();
  const DataFolder target{folder.file("restored")};
  const auto fails = [&](const std::string& copied, const std::string& key,
                         const std::string& passphrase, const std::string& why) {
    std::ostringstream said;
    CHECK_THROWS_WITH(hub::restore(target, {copied, key}, passphrase, system_time(), said),
                      Catch::Contains(why));
    CHECK((!files::exists(target.path) || files::is_empty(target.path)));
  };
  fails(folder.file("absent"), authority, kPassphrase, "здесь нет копии");
  fails(copy, authority, "another passphrase", "парольная фраза");
  fails(copy, folder.file("absent"), kPassphrase, "absent");
  const auto other = folder.file("other.pem");
  net::CertificateAuthority::make("Другой", system_time()).save(other);
  fails(copy, other, "", "центр другого региона");
  std::ostringstream out;
  CHECK_THROWS_WITH(hub::restore(target, {copy, authority, other}, kPassphrase, system_time(), out),
                    Catch::Contains("other.pem, строка 1"));
  CHECK(files::is_empty(target.path));
  std::ofstream(copy + "/hub.db", std::ios::app) << "#";
  fails(copy, authority, kPassphrase, "файл не тот");
}

TEST_CASE_METHOD(RestoredRegion,
                 "what a restore that was killed has left is no hub, and is cleared away") {
  back_up();
  const DataFolder target{folder.file("restored")};
  files::create_directories(target.schools());
  for (const auto& path : {target.unfinished(), target.database(), target.site_key(),
                           target.replica(first.reply().record.school), target.authority()}) {
    std::ofstream(path) << "half";
  }
  CHECK_THROWS_WITH(Hub(target), Catch::Contains("повторите zimnik-hub restore"));
  CHECK_THROWS_WITH(Hub::make(target, "Округ", system_time()), Catch::Contains("не закончено"));
  std::ostringstream out;
  hub::restore(target, {copy, authority}, kPassphrase, system_time(), out);
  CHECK_FALSE(files::exists(target.unfinished()));
  CHECK(Hub(target).schools().front()->lock().replica.verify().empty());
}

TEST_CASE_METHOD(RestoredRegion,
                 "a school that the backup lacks is left out and told, and may be added") {
  const auto lost = (*hub)->add_school("Вторая").id();
  hub->stop();
  files::remove(hub->data().replica(lost));
  hub->start();
  CHECK_THROWS_WITH(run({"backup", copy}), Catch::Contains("без школ: Вторая"));
  std::ostringstream out;
  back_up_authority(hub->data(), authority, kPassphrase, out);
  const DataFolder target{folder.file("restored")};
  hub::restore(target, {copy, authority}, kPassphrase, system_time(), out);
  CHECK_THAT(out.str(), Catch::Contains("нет школы «Вторая»") && Catch::Contains(lost.hex()));
  Hub restored(target);
  CHECK(restored.schools().size() == 1);
  restored.add_lost_school("Вторая", lost);
  CHECK(restored.recoveries().is_closed(lost));
  auto text = recovery_text(restored, *restored.find(lost)).value();
  CHECK_THAT(text.text(), Catch::Contains("не известны"));
  const web::Catalogue catalogue(hub::files());
  const auto& english = catalogue.translator("en");
  CHECK_FALSE(zimnik::test::is_russian(english(text)));
  restored.recoveries().open(lost, system_time());
  text = recovery_text(restored, *restored.find(lost)).value();
  CHECK_THAT(text.text(), Catch::Contains("открыта "));
  CHECK_FALSE(zimnik::test::is_russian(english(text)));
}

TEST_CASE_METHOD(RestoredRegion, "a hub is restored in no folder that has something in it") {
  back_up();
  std::ostringstream out;
  CHECK_THROWS_WITH(hub::restore(hub->data(), {copy, authority}, kPassphrase, system_time(), out),
                    Catch::Contains("здесь уже что-то есть"));
  CHECK(files::exists(hub->data().authority()));
}

TEST_CASE_METHOD(RestoredRegion,
                 "a restore where keys are as they lay in the data folder needs no passphrase") {
  back_up();
  std::ostringstream out;
  const DataFolder target{folder.file("restored")};
  hub::restore(target, {copy, hub->data().authority()}, "", system_time(), out);
  CHECK(Hub(target).schools().size() == 1);
}

}  // namespace zimnik::hub::test
