CREATE TABLE `backtest_leads` (
	`backtest_id` text NOT NULL,
	`n` integer NOT NULL,
	`lead_id` text NOT NULL,
	`at` integer NOT NULL,
	`counts` integer NOT NULL,
	`was_owner` text,
	`was_team` text,
	`was_queue` text,
	`was_rule` text,
	`was_promise_at` integer,
	`was_touch_at` integer,
	`was_last_owner` text,
	`was_breached_by` text DEFAULT '[]' NOT NULL,
	`intervened` integer DEFAULT 0 NOT NULL,
	`owner` text,
	`team` text,
	`queue` text,
	`rule` text,
	`promise_at` integer,
	`touch_at` integer,
	`last_owner` text,
	`breached_by` text DEFAULT '[]' NOT NULL,
	`other_owner` integer GENERATED ALWAYS AS ((owner IS NOT was_owner OR queue IS NOT was_queue)) VIRTUAL,
	`other_promise` integer GENERATED ALWAYS AS ((coalesce(abs(promise_at - was_promise_at) >= 1000, promise_at IS NOT was_promise_at))) VIRTUAL,
	`breach_change` integer GENERATED ALWAYS AS (((breached_by <> '[]') - (was_breached_by <> '[]'))) VIRTUAL,
	`holder` text,
	`related` integer DEFAULT 0 NOT NULL,
	`next_at` integer,
	`state` text NOT NULL,
	PRIMARY KEY(`backtest_id`, `n`)
);
--> statement-breakpoint
CREATE INDEX `backtest_leads_by_lead` ON `backtest_leads` (`backtest_id`,`lead_id`);--> statement-breakpoint
CREATE INDEX `backtest_leads_next` ON `backtest_leads` (`backtest_id`,`next_at`) WHERE next_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `backtest_leads_by_holder` ON `backtest_leads` (`backtest_id`,`holder`) WHERE holder IS NOT NULL;--> statement-breakpoint
CREATE TABLE `backtests` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text DEFAULT 'running' NOT NULL,
	`version` integer,
	`document` text NOT NULL,
	`holidays` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`condition` text,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer,
	`total` integer NOT NULL,
	`decided` integer DEFAULT 0 NOT NULL,
	`slice` integer DEFAULT 0 NOT NULL,
	`progress` text NOT NULL,
	`world` text NOT NULL,
	`summary` text,
	`error` text,
	`pruned_at` integer
);
--> statement-breakpoint
CREATE INDEX `backtests_by_started` ON `backtests` (`started_at`);--> statement-breakpoint
CREATE INDEX `backtests_running` ON `backtests` (`updated_at`) WHERE status = 'running';--> statement-breakpoint
CREATE TABLE `people_history` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	`away` integer NOT NULL,
	`away_until` integer,
	`away_reason` text,
	`suspended_at` integer,
	`deactivated_at` integer,
	`capacity` integer,
	`capacity_until` integer
);
--> statement-breakpoint
CREATE INDEX `people_history_by_time` ON `people_history` (`at`);--> statement-breakpoint
ALTER TABLE `assignments` ADD `basis` text;
--> statement-breakpoint
-- Whoever changes a person's state, and whatever way it goes: what it was is kept.
CREATE TRIGGER people_state_begun AFTER INSERT ON people_state
BEGIN
  INSERT INTO people_history (person_id, at, away, away_until, away_reason, suspended_at, deactivated_at, capacity, capacity_until)
  VALUES (NEW.person_id, NEW.updated_at, NEW.away, NEW.away_until, NEW.away_reason, NEW.suspended_at, NEW.deactivated_at, NEW.capacity, NEW.capacity_until);
END;
--> statement-breakpoint
CREATE TRIGGER people_state_changed AFTER UPDATE ON people_state
BEGIN
  INSERT INTO people_history (person_id, at, away, away_until, away_reason, suspended_at, deactivated_at, capacity, capacity_until)
  VALUES (NEW.person_id, NEW.updated_at, NEW.away, NEW.away_until, NEW.away_reason, NEW.suspended_at, NEW.deactivated_at, NEW.capacity, NEW.capacity_until);
END;
--> statement-breakpoint
INSERT INTO people_history (person_id, at, away, away_until, away_reason, suspended_at, deactivated_at, capacity, capacity_until)
SELECT person_id, updated_at, away, away_until, away_reason, suspended_at, deactivated_at, capacity, capacity_until FROM people_state;
