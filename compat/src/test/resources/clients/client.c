/* Debian's ZooKeeper C client against one server: client HOST:PORT. Prints OK, or what went wrong. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zookeeper/zookeeper.h>

#define CHECK(what, expected)                                                      \
  do {                                                                             \
    int rc_ = (what);                                                              \
    if (rc_ != (expected)) {                                                       \
      printf("line %d: %s gives %d (%s), expected %d\n", __LINE__, #what, rc_,     \
             zerror(rc_), (int)(expected));                                        \
      exit(1);                                                                     \
    }                                                                              \
  } while (0)

#define TRUTH(what)                                       \
  do {                                                    \
    if (!(what)) {                                        \
      printf("line %d: not %s\n", __LINE__, #what);       \
      exit(1);                                            \
    }                                                     \
  } while (0)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int connected, expired, data_events, child_events, created_events, async_done, async_failed;

static void watcher(zhandle_t *zh, int type, int state, const char *path, void *ctx) {
  pthread_mutex_lock(&lock);
  if (type == ZOO_SESSION_EVENT) {
    if (state == ZOO_CONNECTED_STATE) connected++;
    if (state == ZOO_EXPIRED_SESSION_STATE) expired++;
  }
  if (type == ZOO_CHANGED_EVENT) data_events++;
  if (type == ZOO_CHILD_EVENT) child_events++;
  if (type == ZOO_CREATED_EVENT) created_events++;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static int await(int *counter, int value) {
  struct timespec deadline;
  int rc = 0, reached;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += 20;
  pthread_mutex_lock(&lock);
  while (*counter < value && rc == 0) rc = pthread_cond_timedwait(&changed, &lock, &deadline);
  reached = *counter >= value;
  pthread_mutex_unlock(&lock);
  return reached;
}

static void set_done(int rc, const struct Stat *stat, const void *data) {
  pthread_mutex_lock(&lock);
  async_done++;
  if (rc != ZOK) async_failed++;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static void sync_done(int rc, const char *value, const void *data) { set_done(rc, NULL, data); }
static void auth_done(int rc, const void *data) { set_done(rc, NULL, data); }

static void basics(zhandle_t *zh) {
  char path[128], data[64];
  int len;
  struct Stat stat, stat2;
  struct String_vector names;
  CHECK(zoo_create(zh, "/c", "one", 3, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path), ZOK);
  TRUTH(strcmp(path, "/c") == 0);
  CHECK(zoo_create(zh, "/c", "one", 3, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path), ZNODEEXISTS);
  CHECK(zoo_create(zh, "/c/s-", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL | ZOO_SEQUENCE, path, sizeof path), ZOK);
  TRUTH(strcmp(path, "/c/s-0000000000") == 0);
  CHECK(zoo_create2(zh, "/c/two", "x", 1, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path, &stat), ZOK);
  TRUTH(stat.dataLength == 1);
  CHECK(zoo_create_ttl(zh, "/c/ttl", "x", 1, &ZOO_OPEN_ACL_UNSAFE, ZOO_PERSISTENT_WITH_TTL, 100000, path, sizeof path), ZOK);
  len = sizeof data;
  CHECK(zoo_get(zh, "/c", 0, data, &len, &stat), ZOK);
  TRUTH(len == 3 && memcmp(data, "one", 3) == 0 && stat.numChildren == 3 && stat.cversion == 3);
  len = sizeof data;
  CHECK(zoo_get(zh, "/c/s-0000000000", 0, data, &len, &stat), ZOK);
  TRUTH(len == -1 && stat.ephemeralOwner == zoo_client_id(zh)->client_id);
  CHECK(zoo_set2(zh, "/c", "two", 3, 0, &stat2), ZOK);
  TRUTH(stat2.version == 1);
  CHECK(zoo_set(zh, "/c", "bad", 3, 0), ZBADVERSION);
  CHECK(zoo_exists(zh, "/none", 0, &stat), ZNONODE);
  CHECK(zoo_get_children2(zh, "/c", 0, &names, &stat), ZOK);
  TRUTH(names.count == 3 && stat.version == 1);
  deallocate_String_vector(&names);
  CHECK(zoo_delete(zh, "/c", -1), ZNOTEMPTY);
  CHECK(zoo_delete(zh, "/c/two", 0), ZOK);
  CHECK(zoo_create(zh, "/c/s-0000000000/k", "", 0, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path), ZNOCHILDRENFOREPHEMERALS);
}

static void acls(zhandle_t *zh) {
  struct ACL_vector acl;
  struct Stat stat;
  char path[64];
  CHECK(zoo_add_auth(zh, "digest", "me:secret", 9, auth_done, NULL), ZOK);
  TRUTH(await(&async_done, 1) && async_failed == 0);
  CHECK(zoo_create(zh, "/mine", "m", 1, &ZOO_CREATOR_ALL_ACL, 0, path, sizeof path), ZOK);
  CHECK(zoo_get_acl(zh, "/mine", &acl, &stat), ZOK);
  TRUTH(acl.count == 1 && acl.data[0].perms == ZOO_PERM_ALL && strncmp(acl.data[0].id.id, "me:", 3) == 0);
  deallocate_ACL_vector(&acl);
  CHECK(zoo_set_acl(zh, "/mine", 0, &ZOO_READ_ACL_UNSAFE), ZOK);
  CHECK(zoo_set(zh, "/mine", "x", 1, -1), ZNOAUTH);
}

static void multis(zhandle_t *zh) {
  zoo_op_t ops[4];
  zoo_op_result_t results[4];
  char path[64];
  struct Stat stat;
  zoo_create_op_init(&ops[0], "/multi", "a", 1, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path);
  zoo_set_op_init(&ops[1], "/multi", "b", 1, 0, &stat);
  zoo_check_op_init(&ops[2], "/multi", 1);
  zoo_delete_op_init(&ops[3], "/c/ttl", 0);
  CHECK(zoo_multi(zh, 4, ops, results), ZOK);
  TRUTH(stat.version == 1);
  zoo_set_op_init(&ops[0], "/multi", "c", 1, -1, &stat);
  zoo_check_op_init(&ops[1], "/multi", 9);
  CHECK(zoo_multi(zh, 2, ops, results), ZBADVERSION);
  TRUTH(results[0].err == ZOK && results[1].err == ZBADVERSION);
}

static void watches(zhandle_t *zh) {
  char data[16];
  int len = sizeof data;
  struct Stat stat;
  struct String_vector names;
  CHECK(zoo_wexists(zh, "/new", watcher, NULL, &stat), ZNONODE);
  CHECK(zoo_create(zh, "/new", "", 0, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0), ZOK);
  TRUTH(await(&created_events, 1));
  CHECK(zoo_wget(zh, "/new", watcher, NULL, data, &len, &stat), ZOK);
  CHECK(zoo_wget_children(zh, "/new", watcher, NULL, &names), ZOK);
  deallocate_String_vector(&names);
  CHECK(zoo_set(zh, "/new", "x", 1, -1), ZOK);
  TRUTH(await(&data_events, 1));
  CHECK(zoo_create(zh, "/new/k", "", 0, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0), ZOK);
  TRUTH(await(&child_events, 1));
  CHECK(zoo_wexists(zh, "/new", watcher, NULL, &stat), ZOK);
  CHECK(zoo_remove_all_watches(zh, "/new", ZWATCHTYPE_DATA, 0), ZOK);
}

static void many(zhandle_t *zh) {
  int i, before = async_done;
  for (i = 0; i < 2000; i++) CHECK(zoo_aset(zh, "/new", "y", 1, -1, set_done, NULL), ZOK);
  TRUTH(await(&async_done, before + 2000) && async_failed == 0);
  CHECK(zoo_async(zh, "/", sync_done, NULL), ZOK);
  TRUTH(await(&async_done, before + 2001) && async_failed == 0);
}

/* A process that dies without closing its session; what it leaves behind is told over a pipe. */
static clientid_t left_behind(const char *host) {
  int ends[2];
  clientid_t id;
  pid_t child;
  TRUTH(pipe(ends) == 0);
  child = fork();
  if (child == 0) {
    zhandle_t *zh = zookeeper_init(host, watcher, 30000, NULL, NULL, 0);
    TRUTH(zh && await(&connected, 1));
    CHECK(zoo_create(zh, "/left", "", 0, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL, NULL, 0), ZOK);
    id = *zoo_client_id(zh);
    TRUTH(write(ends[1], &id, sizeof id) == sizeof id);
    _exit(0);
  }
  TRUTH(read(ends[0], &id, sizeof id) == sizeof id);
  TRUTH(waitpid(child, NULL, 0) == child);
  return id;
}

/* Its session goes on in this process; a session nobody has is reported as expired. */
static void move(const char *host, const clientid_t *id) {
  clientid_t unknown = {0x1234567, "0123456789abcde"};
  struct Stat stat;
  int before = connected;
  zhandle_t *second = zookeeper_init(host, watcher, 30000, id, NULL, 0), *third;
  TRUTH(second && await(&connected, before + 1));
  TRUTH(zoo_client_id(second)->client_id == id->client_id);
  CHECK(zoo_exists(second, "/left", 0, &stat), ZOK);
  TRUTH(stat.ephemeralOwner == id->client_id);
  CHECK(zookeeper_close(second), ZOK);
  third = zookeeper_init(host, watcher, 30000, &unknown, NULL, 0);
  TRUTH(third && await(&expired, 1));
  zookeeper_close(third);
}

int main(int argc, char **argv) {
  zhandle_t *zh;
  clientid_t id;
  struct Stat stat;
  if (argc != 2) return 2;
  zoo_set_debug_level(ZOO_LOG_LEVEL_ERROR);
  id = left_behind(argv[1]);
  zh = zookeeper_init(argv[1], watcher, 30000, NULL, NULL, 0);
  TRUTH(zh && await(&connected, 1));
  TRUTH(zoo_recv_timeout(zh) == 30000);
  basics(zh);
  acls(zh);
  multis(zh);
  watches(zh);
  many(zh);
  move(argv[1], &id);
  CHECK(zoo_exists(zh, "/left", 0, &stat), ZNONODE);
  CHECK(zookeeper_close(zh), ZOK);
  printf("OK\n");
  return 0;
}
