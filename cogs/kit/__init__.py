"""What every feature shares: language, cards, buttons, options, answering."""
