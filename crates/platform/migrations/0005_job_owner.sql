-- Which app node has a job, so that a node that starts again takes its own back at once.
ALTER TABLE job ADD COLUMN leased_by TEXT;
