-- Which accounts a code confirms, as JSON: what is bound to its request afterwards isn't confirmed.
ALTER TABLE challenges ADD COLUMN accounts TEXT;
