CREATE TABLE `time_off_feeds` (
	`id` text PRIMARY KEY NOT NULL,
	`etag` text,
	`last_modified` text,
	`checked_at` integer NOT NULL,
	`ok_at` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`error` text,
	`events` integer DEFAULT 0 NOT NULL
);
