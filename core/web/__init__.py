"""What all pages stand on: navigation, forms, template tags, refusals, limits and pages of lists."""
