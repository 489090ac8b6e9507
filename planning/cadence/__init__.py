"""When something is posted: from what a person types to the next moments in UTC."""
