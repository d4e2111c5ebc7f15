CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `auth_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `auth_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_sessions_token_unique` ON `auth_sessions` (`token`);--> statement-breakpoint
CREATE TABLE `auth_users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_users_email_unique` ON `auth_users` (`email`);--> statement-breakpoint
CREATE TABLE `auth_verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `auth_verifications_by_identifier` ON `auth_verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `config_versions` (
	`version` integer PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`note` text,
	`published_by` text NOT NULL,
	`published_at` integer NOT NULL,
	`holidays` text DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people_state` (
	`person_id` text PRIMARY KEY NOT NULL,
	`away` integer DEFAULT 0 NOT NULL,
	`away_until` integer,
	`away_reason` text,
	`suspended_at` integer,
	`suspended_reason` text,
	`deactivated_at` integer,
	`capacity` integer,
	`capacity_until` integer,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`config` integer NOT NULL,
	`people` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `time_off` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`cancelled_at` integer
);
--> statement-breakpoint
CREATE INDEX `time_off_by_end` ON `time_off` (`end_at`,`person_id`);--> statement-breakpoint
CREATE TABLE `account_keys` (
	`key` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`key`, `account_id`)
);
--> statement-breakpoint
CREATE INDEX `account_keys_by_account` ON `account_keys` (`account_id`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`domain` text,
	`domains` text DEFAULT '[]' NOT NULL,
	`parent_id` text,
	`owner` text,
	`roles` text DEFAULT '{}' NOT NULL,
	`country` text,
	`city` text,
	`industry` text,
	`employees` integer,
	`lifecycle` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accounts_by_parent` ON `accounts` (`parent_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`email_norm` text NOT NULL,
	`account_id` text,
	`name` text,
	`title` text,
	`phone` text,
	`owner` text,
	`do_not_contact` integer DEFAULT 0 NOT NULL,
	`lifecycle` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contacts_by_email` ON `contacts` (`email_norm`);--> statement-breakpoint
CREATE INDEX `contacts_by_account` ON `contacts` (`account_id`);--> statement-breakpoint
CREATE TABLE `opportunities` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`name` text,
	`open` integer NOT NULL,
	`stage` text,
	`amount` real,
	`currency` text,
	`owner` text,
	`close_date` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `opportunities_by_account` ON `opportunities` (`account_id`,`open`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`person_id` text,
	`queue_id` text,
	`team_id` text,
	`at` integer NOT NULL,
	`cause` text NOT NULL,
	`rule_id` text,
	`policy_version` integer NOT NULL,
	`config_seen` integer NOT NULL,
	`people_seen` integer NOT NULL,
	`chosen` text NOT NULL,
	`considered` text NOT NULL,
	`trace` text NOT NULL,
	PRIMARY KEY(`lead_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `assignments_by_person` ON `assignments` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `leads` (
	`id` text PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`status` text NOT NULL,
	`open` integer NOT NULL,
	`stage` text NOT NULL,
	`form_key` text,
	`source` text,
	`email_norm` text NOT NULL,
	`corporate_domain` text,
	`facts` text NOT NULL,
	`account_id` text,
	`match` text NOT NULL,
	`score` real NOT NULL,
	`fit` real NOT NULL,
	`intent` real NOT NULL,
	`segment` text,
	`priority` integer DEFAULT 0 NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`owner_id` text,
	`backup_id` text,
	`team_id` text,
	`queue_id` text,
	`steward_id` text,
	`provisional` integer DEFAULT 0 NOT NULL,
	`routing` text NOT NULL,
	`sla_id` text NOT NULL,
	`policy_version` integer NOT NULL,
	`assignment_seq` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`assigned_at` integer,
	`accepted_at` integer,
	`clock_starts_at` integer,
	`first_touch_due_at` integer,
	`first_touch_at` integer,
	`second_touch_due_at` integer,
	`second_touch_at` integer,
	`replied_at` integer,
	`promise_at` integer,
	`next_action_at` integer,
	`warned_at` integer,
	`closed_at` integer,
	`breaches` integer DEFAULT 0 NOT NULL,
	`reassignments` integer DEFAULT 0 NOT NULL,
	`disposition` text,
	`timers` text DEFAULT '[]' NOT NULL,
	`next_due_at` integer,
	`shard` text GENERATED ALWAYS AS ((substr(id, -1))) VIRTUAL,
	CONSTRAINT "leads_open_follows_status" CHECK("leads"."open" = ("leads"."status" IN ('new', 'working', 'scheduled', 'quarantined'))),
	CONSTRAINT "leads_never_nobody" CHECK("leads"."owner_id" IS NOT NULL OR ("leads"."queue_id" IS NOT NULL AND "leads"."steward_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leads_one_open_by_email` ON `leads` (`email_norm`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `leads_by_email` ON `leads` (`email_norm`,`created_at`);--> statement-breakpoint
CREATE INDEX `leads_by_domain` ON `leads` (`corporate_domain`,`created_at`) WHERE corporate_domain IS NOT NULL;--> statement-breakpoint
CREATE INDEX `leads_awaiting_by_owner` ON `leads` (`owner_id`) WHERE open = 1 AND first_touch_at IS NULL AND provisional = 0;--> statement-breakpoint
CREATE INDEX `leads_open_by_owner` ON `leads` (`owner_id`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `leads_due` ON `leads` (`shard`,`next_due_at`) WHERE open = 1 AND next_due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `leads_by_created` ON `leads` (`created_at`);--> statement-breakpoint
CREATE TABLE `rotation_credits` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`credit` real NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`form_key` text NOT NULL,
	`submission_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`body` text NOT NULL,
	`acknowledgement` text NOT NULL,
	`receipt` text NOT NULL,
	`joined` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_by_receipt` ON `submissions` (`receipt`);--> statement-breakpoint
CREATE INDEX `submissions_by_lead` ON `submissions` (`lead_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`lead_id` text,
	`seq` integer,
	`recipient` text NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE status IN ('pending', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_by_lead` ON `outbox` (`lead_id`);--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`created_at`) WHERE status = 'dead';--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lead_id` text,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_by_lead` ON `events` (`lead_id`,`seq`);--> statement-breakpoint
CREATE INDEX `events_by_type` ON `events` (`type`,`at`);--> statement-breakpoint
CREATE TABLE `strikes` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`at` integer NOT NULL,
	`attribution` text NOT NULL,
	`voided_at` integer
);
--> statement-breakpoint
CREATE INDEX `strikes_by_person` ON `strikes` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`done_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tasks_by_lead` ON `tasks` (`lead_id`);--> statement-breakpoint
CREATE INDEX `tasks_open_by_owner` ON `tasks` (`owner_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `touches` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`person_id` text,
	`channel` text NOT NULL,
	`direction` text NOT NULL,
	`owned` integer NOT NULL,
	`covered` integer DEFAULT 0 NOT NULL,
	`outcome` text,
	`body` text,
	`grade` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `touches_by_lead` ON `touches` (`lead_id`,`at`);