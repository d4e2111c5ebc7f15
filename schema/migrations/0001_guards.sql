-- Guards that hold for every writer, whatever code path it takes.

-- Who saw an older state of a lead loses with the whole batch, and reads again.
CREATE TRIGGER leads_generation BEFORE UPDATE ON leads
WHEN NEW.generation <> OLD.generation + 1
BEGIN
  SELECT RAISE(ABORT, 'LEAD_MOVED_ON');
END;
--> statement-breakpoint
-- A decision made under another configuration, or before somebody became unavailable, is made again.
CREATE TRIGGER assignments_current BEFORE INSERT ON assignments
WHEN NOT EXISTS (SELECT 1 FROM revisions WHERE id = 1 AND config = NEW.config_seen AND people = NEW.people_seen)
BEGIN
  SELECT RAISE(ABORT, 'DECISION_STALE');
END;
--> statement-breakpoint
-- What happened and what was published stays as it was.
CREATE TRIGGER events_immutable BEFORE UPDATE OF lead_id, at, type, actor ON events
BEGIN
  SELECT RAISE(ABORT, 'EVENTS_ARE_IMMUTABLE');
END;
--> statement-breakpoint
CREATE TRIGGER config_versions_immutable BEFORE UPDATE ON config_versions
BEGIN
  SELECT RAISE(ABORT, 'VERSIONS_ARE_IMMUTABLE');
END;
--> statement-breakpoint
INSERT INTO revisions (id, config, people) VALUES (1, 0, 0);
