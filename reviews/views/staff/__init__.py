"""The pages of those who run a call: administrators, the chair of its panel, and auditors, who only read."""
