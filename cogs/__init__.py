"""What a person sees in Discord: commands, cards, forms."""
