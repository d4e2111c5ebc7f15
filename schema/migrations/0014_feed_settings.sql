ALTER TABLE `time_off_feeds` ADD `settings` text;--> statement-breakpoint
-- Spans had names that another feed's could begin with; the next reading, within a quarter of an hour, records them anew.
UPDATE `time_off` SET `cancelled_at` = unixepoch() * 1000 WHERE `id` LIKE 'feed.%' AND `reason` = 'calendar' AND `cancelled_at` IS NULL;
