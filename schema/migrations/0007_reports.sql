CREATE TABLE `privacy_marks` (
	`hash` text PRIMARY KEY NOT NULL,
	`do_not_contact_at` integer,
	`erased_at` integer,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `privacy_salt` (
	`id` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `net_catches` (
	`net` text NOT NULL,
	`subject` text NOT NULL,
	`caught_at` integer NOT NULL,
	`released_at` integer,
	PRIMARY KEY(`net`, `subject`, `caught_at`)
);
--> statement-breakpoint
CREATE INDEX `net_catches_by_time` ON `net_catches` (`caught_at`);--> statement-breakpoint
CREATE INDEX `net_catches_held` ON `net_catches` (`net`,`subject`) WHERE released_at IS NULL;--> statement-breakpoint
CREATE TABLE `opportunity_first_seen` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `report_baselines` (
	`id` text PRIMARY KEY NOT NULL,
	`taken_at` integer NOT NULL,
	`taken_by` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`note` text,
	`totals` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `report_buckets` (
	`dimension` text NOT NULL,
	`sketch` text NOT NULL,
	`grain` integer NOT NULL,
	`period` integer NOT NULL,
	`value` text NOT NULL,
	`bucket` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`dimension`, `sketch`, `grain`, `period`, `value`, `bucket`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `report_cells` (
	`dimension` text NOT NULL,
	`grain` integer NOT NULL,
	`period` integer NOT NULL,
	`value` text NOT NULL,
	`leads` integer DEFAULT 0 NOT NULL,
	`complete` integer DEFAULT 0 NOT NULL,
	`mql` integer DEFAULT 0 NOT NULL,
	`sal` integer DEFAULT 0 NOT NULL,
	`sql` integer DEFAULT 0 NOT NULL,
	`opportunity` integer DEFAULT 0 NOT NULL,
	`assigned` integer DEFAULT 0 NOT NULL,
	`assign_ms` integer DEFAULT 0 NOT NULL,
	`queued` integer DEFAULT 0 NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`accept_ms` integer DEFAULT 0 NOT NULL,
	`touched` integer DEFAULT 0 NOT NULL,
	`speed_ms` integer DEFAULT 0 NOT NULL,
	`coverage_ms` integer DEFAULT 0 NOT NULL,
	`covered` integer DEFAULT 0 NOT NULL,
	`contacted` integer DEFAULT 0 NOT NULL,
	`replied` integer DEFAULT 0 NOT NULL,
	`met` integer DEFAULT 0 NOT NULL,
	`missed` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`fallbacks` integer DEFAULT 0 NOT NULL,
	`promised` integer DEFAULT 0 NOT NULL,
	`kept` integer DEFAULT 0 NOT NULL,
	`late` integer DEFAULT 0 NOT NULL,
	`late_ms` integer DEFAULT 0 NOT NULL,
	`closed` integer DEFAULT 0 NOT NULL,
	`qualified` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`recycled` integer DEFAULT 0 NOT NULL,
	`recycle_ms` integer DEFAULT 0 NOT NULL,
	`uncoded` integer DEFAULT 0 NOT NULL,
	`pipelines` integer DEFAULT 0 NOT NULL,
	`pipeline_amount` real DEFAULT 0 NOT NULL,
	PRIMARY KEY(`dimension`, `grain`, `period`, `value`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `report_dirty` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lead_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `report_incidents` (
	`lead_id` text NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`day` integer NOT NULL,
	`person` text NOT NULL,
	`code` text NOT NULL,
	`other` text NOT NULL,
	`team` text NOT NULL,
	`source` text NOT NULL,
	`segment` text NOT NULL,
	`form` text NOT NULL,
	`ms` integer,
	PRIMARY KEY(`lead_id`, `n`)
);
--> statement-breakpoint
CREATE INDEX `report_incidents_by_kind` ON `report_incidents` (`kind`,`day`,`person`,`code`,`source`);--> statement-breakpoint
CREATE TABLE `report_leads` (
	`lead_id` text PRIMARY KEY NOT NULL,
	`account` text,
	`day` integer NOT NULL,
	`month` integer NOT NULL,
	`created_at` integer NOT NULL,
	`open` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	`person` text NOT NULL,
	`team` text NOT NULL,
	`source` text NOT NULL,
	`segment` text NOT NULL,
	`form` text NOT NULL,
	`hour` text NOT NULL,
	`response` text NOT NULL,
	`score` integer NOT NULL,
	`speed` integer,
	`coverage` integer,
	`recycle` integer,
	`leads` integer DEFAULT 0 NOT NULL,
	`complete` integer DEFAULT 0 NOT NULL,
	`mql` integer DEFAULT 0 NOT NULL,
	`sal` integer DEFAULT 0 NOT NULL,
	`sql` integer DEFAULT 0 NOT NULL,
	`opportunity` integer DEFAULT 0 NOT NULL,
	`assigned` integer DEFAULT 0 NOT NULL,
	`assign_ms` integer DEFAULT 0 NOT NULL,
	`queued` integer DEFAULT 0 NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`accept_ms` integer DEFAULT 0 NOT NULL,
	`touched` integer DEFAULT 0 NOT NULL,
	`speed_ms` integer DEFAULT 0 NOT NULL,
	`coverage_ms` integer DEFAULT 0 NOT NULL,
	`covered` integer DEFAULT 0 NOT NULL,
	`contacted` integer DEFAULT 0 NOT NULL,
	`replied` integer DEFAULT 0 NOT NULL,
	`met` integer DEFAULT 0 NOT NULL,
	`missed` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`fallbacks` integer DEFAULT 0 NOT NULL,
	`promised` integer DEFAULT 0 NOT NULL,
	`kept` integer DEFAULT 0 NOT NULL,
	`late` integer DEFAULT 0 NOT NULL,
	`late_ms` integer DEFAULT 0 NOT NULL,
	`closed` integer DEFAULT 0 NOT NULL,
	`qualified` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`recycled` integer DEFAULT 0 NOT NULL,
	`recycle_ms` integer DEFAULT 0 NOT NULL,
	`uncoded` integer DEFAULT 0 NOT NULL,
	`pipelines` integer DEFAULT 0 NOT NULL,
	`pipeline_amount` real DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `report_leads_by_day` ON `report_leads` (`day`);--> statement-breakpoint
CREATE INDEX `report_leads_by_person` ON `report_leads` (`person`,`day`);--> statement-breakpoint
CREATE INDEX `report_leads_idle` ON `report_leads` (`last_activity_at`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `report_leads_backlog` ON `report_leads` (`created_at`) WHERE open = 1 AND touched = 0;--> statement-breakpoint
CREATE INDEX `report_leads_uncoded` ON `report_leads` (`day`) WHERE uncoded = 1;--> statement-breakpoint
CREATE TABLE `report_promises` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`told_at` integer NOT NULL,
	`day` integer NOT NULL,
	`person` text NOT NULL,
	`promise_at` integer NOT NULL,
	`touched_at` integer,
	`open` integer NOT NULL,
	`late_ms` integer
);
--> statement-breakpoint
CREATE INDEX `report_promises_by_lead` ON `report_promises` (`lead_id`);--> statement-breakpoint
CREATE INDEX `report_promises_broken` ON `report_promises` (`day`) WHERE late_ms > 0;--> statement-breakpoint
CREATE INDEX `report_promises_waiting` ON `report_promises` (`promise_at`) WHERE touched_at IS NULL;--> statement-breakpoint
CREATE TABLE `report_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`turn` integer NOT NULL,
	`seq` integer NOT NULL,
	`timezone` text NOT NULL,
	`rules` integer NOT NULL,
	`rebuild_after` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `leads_clockless` ON `leads` (`id`) WHERE open = 1 AND next_due_at IS NULL;--> statement-breakpoint
CREATE INDEX `leads_quarantined` ON `leads` (`created_at`) WHERE status = 'quarantined';--> statement-breakpoint
-- Of two that read the same records, one writes; the other reads again.
CREATE TRIGGER report_state_turn BEFORE UPDATE ON report_state
WHEN NEW.turn <> OLD.turn + 1
BEGIN
  SELECT RAISE(ABORT, 'ROLLUP_MOVED_ON');
END;
--> statement-breakpoint
INSERT INTO report_state (id, turn, seq, timezone, rules, rebuild_after, updated_at) VALUES (1, 0, 0, '', 0, NULL, 0);
--> statement-breakpoint
INSERT INTO privacy_salt (id, salt) VALUES (1, lower(hex(randomblob(16))));
--> statement-breakpoint
-- Opportunities come without an event of their own: the leads of their account are read again.
CREATE TRIGGER opportunities_added AFTER INSERT ON opportunities
BEGIN
  INSERT INTO opportunity_first_seen (id, at) VALUES (NEW.id, NEW.updated_at) ON CONFLICT DO NOTHING;
  INSERT INTO report_dirty (lead_id) SELECT id FROM leads WHERE account_id = NEW.account_id;
END;
--> statement-breakpoint
CREATE TRIGGER opportunities_changed AFTER UPDATE OF account_id, amount, extra ON opportunities
WHEN NEW.account_id <> OLD.account_id OR NEW.amount IS NOT OLD.amount OR NEW.extra <> OLD.extra
BEGIN
  INSERT INTO report_dirty (lead_id) SELECT id FROM leads WHERE account_id IN (OLD.account_id, NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER opportunities_removed AFTER DELETE ON opportunities
BEGIN
  INSERT INTO report_dirty (lead_id) SELECT id FROM leads WHERE account_id = OLD.account_id;
END;
