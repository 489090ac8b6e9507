"""`/settings`: what a server chooses for itself."""

from cogs.settings.cog import SettingsCog

__all__ = ["SettingsCog"]
