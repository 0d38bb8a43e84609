// Correct as it is; each macro WRONG_... makes one mistake, which clang finds.
#include <condition_variable>

#include "tools/exercise/fork_mutex.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

class Counter {
 public:
  void Add() {
#if !defined(WRONG_NO_LOCK)
    const MutexLock lock(mutex_);
#endif
    ++count_;
  }

  void WaitForOne() {
    UniqueLock lock(mutex_);
    changed_.wait(lock.native(),
                  [this]() REQUIRES(mutex_) { return count_ > 0; });
#if defined(WRONG_USED_WHILE_UNLOCKED)
    lock.unlock();
    --count_;
    lock.lock();
#else
    --count_;
#endif
  }

  void Clear() {
#if !defined(WRONG_CALLER_HAS_NO_LOCK)
    const MutexLock lock(mutex_);
#endif
    ClearLocked();
  }

  void AddOther() {
#if defined(WRONG_OTHER_MUTEX)
    const MutexLock lock(mutex_);
#else
    const MutexLock lock(other_mutex_);
#endif
    ++other_;
  }

  void Copy() {
    mutex_.lock();
    const int count = count_;
#if !defined(WRONG_NEVER_UNLOCKED)
    mutex_.unlock();
#endif
    copy_ = count;
  }

 private:
  void ClearLocked() REQUIRES(mutex_) { count_ = 0; }

  Mutex mutex_;
  std::condition_variable changed_;
  int count_ GUARDED_BY(mutex_) = 0;
  ForkMutex other_mutex_;
  int other_ GUARDED_BY(other_mutex_) = 0;
  int copy_ = 0;
};

}  // namespace workbook
