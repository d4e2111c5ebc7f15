CREATE TABLE `account_aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_aliases_by_account` ON `account_aliases` (`account_id`);--> statement-breakpoint
CREATE TABLE `account_moves` (
	`from_id` text PRIMARY KEY NOT NULL,
	`into_id` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `account_moves_pending` ON `account_moves` (`at`) WHERE done_at IS NULL;--> statement-breakpoint
CREATE INDEX `account_moves_into` ON `account_moves` (`into_id`) WHERE done_at IS NULL;--> statement-breakpoint
CREATE TABLE `import_errors` (
	`import_id` text NOT NULL,
	`line` integer NOT NULL,
	`error` text NOT NULL,
	PRIMARY KEY(`import_id`, `line`)
);
--> statement-breakpoint
CREATE TABLE `import_parts` (
	`import_id` text NOT NULL,
	`part` integer NOT NULL,
	`line` integer NOT NULL,
	`next_line` integer NOT NULL,
	`position` integer NOT NULL,
	`received` integer NOT NULL,
	`upserted` integer NOT NULL,
	`rejected` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`import_id`, `part`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`size` integer,
	`status` text DEFAULT 'running' NOT NULL,
	`started_by` text NOT NULL,
	`received` integer DEFAULT 0 NOT NULL,
	`upserted` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`errors_kept` integer DEFAULT 0 NOT NULL,
	`parts` integer DEFAULT 0 NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`next_line` integer DEFAULT 1 NOT NULL,
	`cursor` text,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `imports_by_started` ON `imports` (`started_at`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `other_names` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `keys` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `keys_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Keys in one tree instead of three: the table is its primary key, and each account's row says which keys are its own.
UPDATE `accounts` SET `keys` = (SELECT json_group_array(`key`) FROM `account_keys` WHERE `account_id` = `accounts`.`id`);--> statement-breakpoint
CREATE TABLE `account_keys_next` (
	`key` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`key`, `account_id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `account_keys_next` SELECT `key`, `account_id` FROM `account_keys`;--> statement-breakpoint
DROP INDEX `account_keys_by_account`;--> statement-breakpoint
-- Left empty: no migration drops a table.
DELETE FROM `account_keys`;--> statement-breakpoint
ALTER TABLE `account_keys` RENAME TO `account_keys_until_0003`;--> statement-breakpoint
ALTER TABLE `account_keys_next` RENAME TO `account_keys`;--> statement-breakpoint
CREATE INDEX `leads_by_account` ON `leads` (`account_id`,`open`) WHERE account_id IS NOT NULL;