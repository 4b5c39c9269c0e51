// Threads that run jobs in the order they came.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zimnik::net {

class WorkerPool {
 public:
  explicit WorkerPool(std::size_t threads);
  /// Waits for the jobs under way; those that wait are dropped.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// A job doesn't throw.
  void run(std::function<void()> job);

 private:
  void work();
  std::mutex mutex_;
  std::condition_variable is_more_;
  std::deque<std::function<void()>> jobs_;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace zimnik::net
