package io.quorate.admin;

import java.util.List;

/**
 * The metrics of Apache's registry (reference section 6.3). Every name exists here too, also those
 * of stages that Quorate does not have, which stay 0: dashboards and alerts look for them.
 */
final class MetricNames {
  static final List<String> COUNTERS =
      words(
          """
          snapshot_error_count snapshot_rate_limited_count restore_error_count
          restore_rate_limited_count prep_processor_request_queued outstanding_changes_queued
          outstanding_changes_removed sync_processor_request_queued request_commit_queued
          throttled_ops proposal_count commit_count learner_proposal_received_count
          learner_commit_received_count skip_learner_request_to_next_processor_count
          requests_not_forwarded_to_commit_processor quit_leading_due_to_disloyal_voter
          looking_count diff_count snap_count connection_request_count connection_rejected
          connection_drop_count connection_revalidate_count revalidate_count
          sessionless_connections_expired stale_sessions_expired
          cnxn_closed_without_zk_server_running bytes_received_count response_bytes watch_bytes
          add_dead_watcher_stall_time dead_watchers_queued dead_watchers_cleared
          response_packet_cache_hits response_packet_cache_misses
          response_packet_get_children_cache_hits response_packet_get_children_cache_misses
          stale_requests stale_requests_dropped stale_replies request_throttle_wait_count
          large_requests_rejected ensemble_auth_success ensemble_auth_fail ensemble_auth_skip
          unsuccessful_handshake insecure_admin_count tls_handshake_exceeded
          digest_mismatches_count unrecoverable_error_count
          """);

  static final List<String> SUMMARIES =
      words(
          """
          fsynctime snapshottime restore_time dbinittime startup_txns_loaded
          startup_txns_load_time startup_snap_load_time prep_processor_queue_size
          prep_process_time proposal_process_time sync_processor_queue_size sync_process_time
          sync_processor_batch_size requests_in_session_queue pending_session_queue_size
          reads_after_write_in_session_queue reads_issued_from_session_queue
          session_queues_drained time_waiting_empty_pool_in_commit_processor_read_ms
          write_batch_time_in_commit_processor concurrent_request_processing_in_commit_processor
          read_commit_proc_req_queued write_commit_proc_req_queued commit_commit_proc_req_queued
          read_commit_proc_issued write_commit_proc_issued commit_process_time
          learner_request_processor_queue_size socket_closing_time election_time
          follower_sync_time observer_sync_time inflight_snap_count inflight_diff_count
          unavailable_time leader_unavailable_time connection_token_deficit
          netty_queued_buffer_capacity node_created_watch_count node_deleted_watch_count
          node_changed_watch_count node_children_watch_count
          """);

  static final List<String> ADVANCED_SUMMARIES =
      words(
          """
          readlatency updatelatency propagation_latency prep_processor_queue_time_ms
          close_session_prep_time sync_processor_queue_time_ms sync_processor_queue_flush_time_ms
          sync_processor_queue_and_flush_time_ms read_commitproc_time_ms write_commitproc_time_ms
          local_write_committed_time_ms server_write_committed_time_ms read_final_proc_time_ms
          write_final_proc_time_ms proposal_latency proposal_ack_creation_latency
          commit_propagation_latency quorum_ack_latency om_proposal_process_time_ms
          om_commit_process_time_ms dead_watchers_cleaner_latency request_throttle_queue_time_ms
          jvm_pause_time_ms
          """);

  private MetricNames() {}

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }
}
