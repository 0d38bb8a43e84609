// SPDX-License-Identifier: Apache-2.0

// Says which mutex guards what, so that clang checks each access.
#ifndef WORKBOOK_TOOLS_EXERCISE_THREAD_ANNOTATIONS_H_
#define WORKBOOK_TOOLS_EXERCISE_THREAD_ANNOTATIONS_H_

#include <mutex>

#if defined(__clang__)
#define WORKBOOK_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define WORKBOOK_THREAD_ANNOTATION(x)
#endif

// A variable, or what a pointer points to: only under the mutex.
#define GUARDED_BY(mutex) WORKBOOK_THREAD_ANNOTATION(guarded_by(mutex))
#define PT_GUARDED_BY(mutex) WORKBOOK_THREAD_ANNOTATION(pt_guarded_by(mutex))

// A function: its caller holds the mutex; or it takes it; or it lets go of it.
#define REQUIRES(mutex) WORKBOOK_THREAD_ANNOTATION(requires_capability(mutex))
#define ACQUIRE(...) WORKBOOK_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define RELEASE(...) WORKBOOK_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
// A function that takes it where it returns `result`.
#define TRY_ACQUIRE(result) \
  WORKBOOK_THREAD_ANNOTATION(try_acquire_capability(result))
// A function that the analysis can't follow. A comment says why it is right.
#define NO_THREAD_SAFETY_ANALYSIS \
  WORKBOOK_THREAD_ANNOTATION(no_thread_safety_analysis)

// A class: a mutex, or an object that holds one while it lives.
#define CAPABILITY(name) WORKBOOK_THREAD_ANNOTATION(capability(name))
#define SCOPED_CAPABILITY WORKBOOK_THREAD_ANNOTATION(scoped_lockable)

namespace workbook {

// A std::mutex that the analysis knows: libstdc++'s has no annotations.
// Cost: that of std::mutex, in bytes and in instructions.
class CAPABILITY("mutex") Mutex {
 public:
  constexpr Mutex() = default;
  void lock() ACQUIRE() { native_.lock(); }
  void unlock() RELEASE() { native_.unlock(); }

 private:
  friend class UniqueLock;
  std::mutex native_;
};
static_assert(sizeof(Mutex) == sizeof(std::mutex));

// std::lock_guard, for any class that is a CAPABILITY.
// Cost: that of the mutex.
template <class AnyMutex>
class SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(AnyMutex& mutex) ACQUIRE(mutex) : mutex_(mutex) {
    mutex.lock();
  }
  ~MutexLock() RELEASE() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  AnyMutex& mutex_;
};

// std::unique_lock, to wait with and to let go in between. It holds the mutex
// at its beginning, and before and after each wait.
// Cost: that of std::unique_lock.
class SCOPED_CAPABILITY UniqueLock {
 public:
  explicit UniqueLock(Mutex& mutex) ACQUIRE(mutex) : lock_(mutex.native_) {}
  ~UniqueLock() RELEASE() = default;
  UniqueLock(const UniqueLock&) = delete;
  UniqueLock& operator=(const UniqueLock&) = delete;

  void lock() ACQUIRE() { lock_.lock(); }
  void unlock() RELEASE() { lock_.unlock(); }
  // For std::condition_variable. The predicate of a wait is a function of its
  // own to the analysis: `[this]() REQUIRES(mutex_) { return done_; }`.
  std::unique_lock<std::mutex>& native() { return lock_; }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_THREAD_ANNOTATIONS_H_
