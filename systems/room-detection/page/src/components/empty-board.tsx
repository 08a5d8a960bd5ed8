/** What stands in the plan's place before there is a plan. */
import HomeWorkOutlinedIcon from '@mui/icons-material/HomeWorkOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

export const EmptyBoard = ({ over }: { readonly over: boolean }) => (
  <Box sx={{ height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: 1, p: 3 }}>
    <HomeWorkOutlinedIcon sx={{ fontSize: 64, color: 'text.disabled' }} />
    <Typography variant="h6" component="p" sx={{ textAlign: 'center' }}>
      {over ? 'Drop the plan here' : 'No plan yet'}
    </Typography>
    <Typography sx={{ color: 'text.secondary', textAlign: 'center', maxWidth: 420 }}>
      Pick a sample, upload a JSON file (or drop it anywhere on this page), or draw the walls yourself.
    </Typography>
  </Box>
);
