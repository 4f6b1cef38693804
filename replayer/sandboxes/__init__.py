"""The throwaway environments that plans are played in."""
