CREATE TABLE `companies` (
	`domain` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`facts` text,
	`fetched_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
